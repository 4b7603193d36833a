/** Reverification: phone numbers, account numbers and a second factor. */
import { openAccount, saveDraftAnswers } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { CODE, signOut, typeCode, typeSignIn } from '@/tests/e2e/support/steps/clerk-pages'
import { clickContinue, heading } from '@/tests/e2e/support/steps/onboarding-pages'
import { createTestUser, expireReverification, newPhone, PASSWORD } from '@/tests/e2e/support/users'
import { callControl } from '@/tests/e2e/support/vendors'

const wholeNumbers = (page: Page) => page.getByRole('definition').filter({ hasText: /\d{9,}/ })

test("a phone number is verified by keyboard, after a wrong code, a reload and another user's number", async ({
  home: page,
  user,
  open
}) => {
  await saveDraftAnswers(user, { until: 'phone' })
  await page.goto('/onboarding')
  const number = page.getByLabel('What is your mobile phone number?')
  await number.fill((await createTestUser()).phone)
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Confirm your phone number')).toBeVisible()
  await clickContinue(page, 'Text me a code')
  await expect(page.getByText('already belongs to another login')).toBeVisible()
  await page.getByRole('link', { name: 'Use another number' }).press('Enter')
  const mine = newPhone()
  await number.fill(mine)
  await page.keyboard.press('Enter')

  // More than ten minutes have passed since the sign-in, so Clerk asks to reverify before a number
  // is added.
  const send = page.getByRole('button', { name: 'Text me a code' })
  await expect(send).toBeVisible()
  await expireReverification(page, user.userId)
  await send.press('Enter')
  await page
    .getByRole('dialog')
    .getByRole('textbox', { name: 'Password', exact: true })
    .fill(PASSWORD)
  await page.keyboard.press('Enter')
  const code = page.getByLabel('Code from the text message')
  await expect(code).toBeFocused()
  await page.keyboard.type('111 111')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'This is not the code we sent' })).toBeVisible()
  await page.reload()
  await expect(code).toBeVisible()
  const other = await open(user)
  await other.goto('/onboarding')
  await other.getByLabel('Code from the text message').fill(CODE)
  await other.keyboard.press('Enter')
  await expect(heading(other, 'Where do you live?')).toBeVisible()
  // This tab does not know yet that the number is verified.
  await code.fill(CODE)
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Where do you live?')).toBeVisible()
  await page.getByRole('link', { name: 'Back' }).click()
  await expect(number).toHaveValue(mine.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3'))
})

test('account numbers are shown only after reverification, by keyboard', async ({
  home: page,
  user
}) => {
  await openAccount(user)
  await page.goto('/account')
  await expireReverification(page, user.userId)
  const show = page.getByRole('button', { name: 'Show numbers' })
  await show.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('heading', { name: 'Verification required' })).toBeVisible()
  await expect(wholeNumbers(page)).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(page.getByText('You didn’t confirm it’s you')).toBeVisible()

  await show.focus()
  await page.keyboard.press('Enter')
  const password = dialog.getByRole('textbox', { name: 'Password', exact: true })
  await password.fill('not the password 17')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(/password is incorrect/i).first()).toBeVisible()
  await password.fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(wholeNumbers(page)).toHaveCount(2)
  await expect(dialog).toBeHidden()
})

test('@long a download of everything and the e-mail setting wait for reverification', async ({
  home: page,
  user
}) => {
  await page.goto('/settings/data')
  await expireReverification(page, user.userId)
  const button = page.getByRole('button', { name: 'Download everything' })
  await button.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Password', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('You didn’t confirm it’s you')).toBeVisible()
  const enterPassword = async () => {
    await dialog.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
  }
  await button.click()
  const [download] = await Promise.all([page.waitForEvent('download'), enterPassword()])
  expect(download.suggestedFilename()).toMatch(/^pangea-.*\.zip$/)

  await page.goto('/settings')
  await expireReverification(page, user.userId)
  const emails = page.getByRole('checkbox', { name: 'A bank needs you' })
  await emails.click()
  await enterPassword()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.reload()
  await expect(emails).not.toBeChecked()
})

test('two-step verification is set up in the settings, and the next sign-in requires it', async ({
  home: page,
  user
}) => {
  await page.goto('/settings/security')
  await page.getByRole('button', { name: 'Add two-step verification' }).click()
  await page.getByRole('menuitem', { name: /authenticator/i }).click()
  await expect(page.getByText(/Scan the following QR code/i)).toBeVisible()
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  const code = async () =>
    (await callControl<{ code: string }>('clerk', `/users/${user.userId}/totp`)).code
  await typeCode(page, await code())
  await expect(page.getByText(/backup codes/i).first()).toBeVisible()
  await page.goto('/settings')
  await signOut(page)
  await expect(page.getByRole('heading', { level: 1, name: /All your money/ })).toBeVisible({
    timeout: 20_000
  })
  await page.goto('/sign-in')
  await typeSignIn(page, user.email)
  await expect(page.getByText(/authenticator app/i).first()).toBeVisible()
  await typeCode(page, await code())
  await expect(heading(page, 'Dashboard')).toBeVisible({ timeout: 20_000 })
})
