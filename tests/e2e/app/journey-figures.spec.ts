/** The effort of an application: seconds and key presses from the landing page to its submission. */
import { SSN } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { CODE, codeIsSent } from '@/tests/e2e/support/steps/clerk-pages'
import {
  agreeElectronically,
  agreeToGroups,
  esignCheckNumberOn,
  heading,
  NUMBER
} from '@/tests/e2e/support/steps/onboarding-pages'
import { newPhone, PASSWORD } from '@/tests/e2e/support/users'

const MAX_SECONDS = 90
const MAX_KEY_PRESSES = 180

/** Counts what the browser receives, so that no press of the script is forgotten. */
async function countPresses(page: Page) {
  const presses = { keydown: 0, click: 0 }
  await page.exposeFunction('countPress', (type: keyof typeof presses) => presses[type]++)
  await page.addInitScript(() => {
    for (const type of ['keydown', 'click'])
      addEventListener(
        type,
        (event) => {
          // A click without a pointer is the browser's answer to a key.
          if (event.isTrusted && (type === 'keydown' || (event as MouseEvent).detail > 0))
            void Reflect.get(window, 'countPress')(type)
        },
        true
      )
  })
  return presses
}

const field = (page: Page, name: string | RegExp) => page.getByRole('textbox', { name }).first()

async function type(page: Page, name: string | RegExp, text: string): Promise<void> {
  await field(page, name).click()
  await page.keyboard.type(text)
}

const enter = (page: Page) => page.keyboard.press('Enter')

async function signUp(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Open an account' }).first().click()
  await type(page, 'Email address', `ada${Date.now().toString(36)}+clerk_test@example.com`)
  await type(page, 'Password', PASSWORD)
  await expect(
    page.getByText('Your password meets all the necessary requirements').first()
  ).toBeVisible()
  await enter(page)
  await codeIsSent(page)
  await page.getByRole('textbox', { name: 'Enter verification code' }).click()
  await page.keyboard.type(CODE)
}

async function answerPersonalQuestions(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'You’ll need' })).toBeVisible({ timeout: 20_000 })
  await type(page, 'First name', 'Ada')
  await type(page, /^Last name/, 'Okafor')
  await enter(page)
  await expect(heading(page, 'What is your date of birth?')).toBeVisible()
  for (const [name, text] of [
    ['Month', '3'],
    ['Day', '27'],
    ['Year', '1985']
  ] as const)
    await type(page, name, text)
  await enter(page)
  await choose(page, 'I am a citizen of the United States')
  await expect(field(page, /mobile phone number/)).toBeFocused()
  const phone = newPhone().slice(2)
  await page.keyboard.type(phone)
  await expect(field(page, /mobile phone number/)).toHaveValue(
    phone.replace(/^(...)(...)/, '($1) $2-')
  )
  await enter(page)
  await page.getByRole('button', { name: 'Text me a code' }).click()
  await expect(field(page, 'Code from the text message')).toBeFocused()
  await page.keyboard.type(CODE)
  await enter(page)
  await type(page, 'Street address', '1 Market Street')
  await type(page, 'City', 'San Francisco')
  await page.getByLabel('State').selectOption('CA')
  await type(page, 'ZIP code', '94105')
  await enter(page)
}

/** A radio button, then Continue. */
async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('radio', { name, exact: true }).click()
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

async function answerFinancialQuestions(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Employed', exact: true }).click()
  await type(page, 'Job title', 'Engineer')
  await enter(page)
  await choose(page, '$50,000 to $100,000')
  await choose(page, '$50,000 to $200,000')
  await expect(heading(page, 'Does either of these apply to you?')).toBeVisible()
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

async function agreeAndSubmit(page: Page): Promise<void> {
  await expect(heading(page, /Read and agree/)).toBeVisible()
  await type(page, NUMBER, await esignCheckNumberOn(page))
  await agreeElectronically(page)
  await agreeToGroups(page)
  await expect(heading(page, 'Check your answers')).toBeVisible()
  await page.getByRole('link', { name: 'Continue', exact: true }).click()
  await expect(field(page, /Social Security number/)).toBeFocused()
  await page.keyboard.type(SSN)
  await enter(page)
  await expect(page).not.toHaveURL(/\/onboarding\/submit$/, { timeout: 30_000 })
}

test('@long an application takes at most 90 seconds and 180 key presses', async ({ page }) => {
  test.setTimeout(150_000)
  const presses = await countPresses(page)
  const begin = Date.now()
  await page.goto('/')
  await signUp(page)
  await answerPersonalQuestions(page)
  await answerFinancialQuestions(page)
  await agreeAndSubmit(page)
  const seconds = (Date.now() - begin) / 1_000
  console.log(
    `From the landing page to a submitted application: ${seconds.toFixed(1)} s, ${presses.keydown} key presses, ${presses.click} clicks`
  )
  expect(presses.keydown).toBeLessThanOrEqual(MAX_KEY_PRESSES)
  expect(seconds).toBeLessThanOrEqual(MAX_SECONDS)
})
