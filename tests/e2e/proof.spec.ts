/** Proving who one is: again before secrets are shown, and with a second factor. */
import { openAccount } from './api'
import { signOut, typeCode, typeSignIn } from './clerk-pages'
import { expect, type Page, test } from './fixtures'
import { PASSWORD } from './people'
import { press } from './vendors'

/** Lets the last proof be eleven minutes old, also in the token that this page holds. */
async function ageProof(page: Page, userId: string): Promise<void> {
  await press('clerk', `/users/${userId}/age-proof`, {})
  await page.waitForFunction(() => (window as { Clerk?: { session?: object } }).Clerk?.session)
  await page.evaluate(() => (window as unknown as { Clerk: { session: { getToken(o: object): Promise<string> } } }).Clerk.session.getToken({ skipCache: true }))
}

const wholeNumbers = (page: Page) => page.getByRole('definition').filter({ hasText: /\d{9,}/ })

test('account numbers are shown only to somebody who proves again who they are, by keyboard', async ({ home: page, person }) => {
  await openAccount(person)
  await page.goto('/account')
  await ageProof(page, person.userId)
  const show = page.getByRole('button', { name: 'Show numbers' })
  await show.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('heading', { name: 'Verification required' })).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('dialog.png') })
  await expect(wholeNumbers(page)).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(page.getByText('You did not confirm that it is you')).toBeVisible()

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

test('two-step verification is set up in the settings, and the next sign-in asks for it', async ({ home: page, person }) => {
  await page.goto('/settings/security')
  await page.getByRole('button', { name: 'Add two-step verification' }).click()
  await page.getByRole('menuitem', { name: /authenticator/i }).click()
  await expect(page.getByText(/Scan the following QR code/i)).toBeVisible()
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  const code = async () => (await press<{ code: string }>('clerk', `/users/${person.userId}/totp`)).code
  await typeCode(page, await code())
  await expect(page.getByText(/backup codes/i).first()).toBeVisible()
  await page.goto('/settings')
  await signOut(page)
  await expect(page.getByRole('heading', { level: 1, name: /All your money/ })).toBeVisible({ timeout: 20_000 })
  await page.goto('/sign-in')
  await typeSignIn(page, person.email)
  await expect(page.getByText(/authenticator app/i).first()).toBeVisible()
  await typeCode(page, await code())
  await expect(page).toHaveURL(/\/onboarding\//, { timeout: 20_000 })
})
