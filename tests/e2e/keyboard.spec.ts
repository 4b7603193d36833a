import { SSN } from './api'
import { CODE } from './clerk-pages'
import { expect, type Page, test } from './fixtures'
import { BANK, linkFrame, pane } from './link-pages'
import { heading, shownNumber } from './onboarding-pages'
import { newEmail, newPhone, PASSWORD } from './people'

test.use({ viewport: { width: 1280, height: 800 } })

/** Presses Tab until what has the focus is called `name`, as somebody without a mouse does. */
async function tabTo(
  page: Page,
  role: 'button' | 'link' | 'textbox' | 'radio' | 'checkbox' | 'combobox' | 'searchbox',
  name: string | RegExp,
  inLink = false
): Promise<void> {
  const target = (inLink ? linkFrame(page) : page).getByRole(role, { name, exact: typeof name === 'string' }).first()
  await expect(target).toBeVisible({ timeout: 20_000 })
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement && element.ownerDocument.hasFocus())) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reached ${role} ${name}`)
}

async function press(page: Page, role: 'button' | 'link', name: string | RegExp, inLink = false): Promise<void> {
  await tabTo(page, role, name, inLink)
  await page.keyboard.press('Enter')
}

async function type(page: Page, name: string | RegExp, text: string, inLink = false): Promise<void> {
  await tabTo(page, 'textbox', name, inLink)
  await page.keyboard.type(text)
}

async function choose(page: Page, role: 'radio' | 'checkbox', name: string | RegExp): Promise<void> {
  await tabTo(page, role, name)
  await page.keyboard.press('Space')
}

test('the whole journey works without a mouse', async ({ page }) => {
  test.setTimeout(150_000)
  await page.goto('/')
  await press(page, 'link', 'Open an account')
  await type(page, 'Email address', newEmail())
  await type(page, 'Password', PASSWORD)
  await expect(page.getByText('Your password meets all the necessary requirements').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Verify your email' })).toBeVisible({ timeout: 20_000 })
  await type(page, 'Enter verification code', CODE)

  await type(page, 'First name', 'Ada')
  await type(page, 'Last name', 'Okafor')
  await page.keyboard.press('Enter')
  await type(page, 'Month', '3')
  await type(page, 'Day', '27')
  await type(page, 'Year', '1985')
  await page.keyboard.press('Enter')
  await choose(page, 'radio', 'I am a citizen of the United States')
  await press(page, 'button', 'Continue')
  await expect(heading(page, 'What is your mobile phone number?')).toBeVisible()
  await type(page, /mobile phone number/, newPhone())
  await page.keyboard.press('Enter')
  await press(page, 'button', 'Text me a code')
  await expect(page.getByRole('textbox', { name: 'Code from the text message' })).toBeFocused()
  await page.keyboard.type(CODE)
  await page.keyboard.press('Enter')
  await type(page, 'Street address', '1 Market Street')
  await type(page, 'City', 'San Francisco')
  await tabTo(page, 'combobox', 'State')
  await page.keyboard.type('California')
  await type(page, 'ZIP code', '94105')
  await page.keyboard.press('Enter')
  await choose(page, 'radio', 'Employed')
  await type(page, 'Job title', 'Engineer')
  await page.keyboard.press('Enter')
  await choose(page, 'radio', 'Less than $50,000')
  await press(page, 'button', 'Continue')
  await expect(heading(page, 'What is your net worth?')).toBeVisible()
  await choose(page, 'radio', 'Less than $50,000')
  await press(page, 'button', 'Continue')
  await expect(heading(page, 'Does either of these apply to you?')).toBeVisible()
  await press(page, 'button', 'Continue')
  await tabTo(page, 'link', /^Test page/)
  await type(page, 'Number on the test page', await shownNumber(page))
  await choose(page, 'checkbox', /I agree to them/)
  await press(page, 'button', 'Continue')
  await expect(heading(page, 'Check your answers')).toBeVisible()
  await press(page, 'link', 'Continue')
  await type(page, /What is your Social Security number/, SSN)
  await page.keyboard.press('Enter')

  await expect(page.getByText('Your account is open')).toBeVisible({ timeout: 30_000 })
  await press(page, 'button', 'Show numbers')
  await expect(page.getByRole('button', { name: 'Hide numbers' })).toBeVisible()
  await press(page, 'button', 'Add a bank account')
  await expect(pane(page, 'Connect your bank to Pangea')).toBeVisible({ timeout: 20_000 })
  await press(page, 'button', 'Continue', true)
  await expect(pane(page, 'Select your bank')).toBeVisible()
  await tabTo(page, 'searchbox', 'Search for a bank', true)
  await page.keyboard.type(BANK)
  await press(page, 'button', new RegExp(BANK), true)
  await expect(pane(page, `Log in at ${BANK}`)).toBeVisible()
  await type(page, 'Username', 'user_good', true)
  await type(page, 'Password', 'pass_good', true)
  await page.keyboard.press('Enter')
  await expect(pane(page, 'Select accounts')).toBeVisible()
  await press(page, 'button', 'Continue', true)
  await expect(pane(page, /You’re connected/)).toBeVisible()
  await press(page, 'button', 'Continue', true)
  await expect(page).toHaveURL(/\/dashboard$/, { timeout: 30_000 })
  await expect(heading(page, 'Dashboard')).toBeVisible()
  await page.reload()
  await press(page, 'link', 'Skip to main content')
  await expect(page.locator('#main')).toBeFocused()
})
