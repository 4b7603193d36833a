import { expect, test } from '@/tests/e2e/support/fixtures'
import {
  CODE,
  clickContinue,
  signOut,
  signUp,
  startSignUp,
  typeNewPassword,
  typeSentCode,
  typeSignIn
} from '@/tests/e2e/support/steps/clerk-pages'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'
import { newEmail, PASSWORD } from '@/tests/e2e/support/users'

test('@long a new user signs up with a code and arrives at the first question', async ({
  page
}) => {
  await signUp(page, newEmail())
  await expect(heading(page, 'What is your legal name?')).toBeVisible()
})

test('@long a wrong code is reported, and the right one continues', async ({ page }) => {
  await startSignUp(page, newEmail())
  await typeSentCode(page, '111111')
  await expect(page.getByText('Incorrect code').first()).toBeVisible()
  // Clerk empties the boxes after it shows the error.
  await expect(page.getByRole('textbox', { name: 'Enter verification code' })).toHaveValue('')
  await typeSentCode(page, CODE)
  await expect(heading(page, 'What is your legal name?')).toBeVisible({ timeout: 20_000 })
})

test('a breached password is refused, and the form keeps its values', async ({ page }) => {
  const address = newEmail()
  await startSignUp(page, address, 'password123')
  await expect(page.getByText(/found as part of a breach/).first()).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Email address' })).toHaveValue(address)
})

test('a password that is too short cannot be submitted', async ({ page }) => {
  await page.goto('/sign-up')
  await page.getByRole('textbox', { name: 'Email address' }).fill(newEmail())
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('short')
  await page.getByRole('textbox', { name: 'Password', exact: true }).blur()
  await expect(page.getByText(/8 or more characters/).first()).toBeVisible()
  await clickContinue(page)
  await expect(page.getByRole('heading', { name: 'Verify your email' })).toBeHidden()
})

test('sign-in refuses a wrong password, and the right one opens the requested page', async ({
  page,
  user
}) => {
  await page.goto('/settings')
  await expect(page).toHaveURL(/\/sign-in/)
  await typeSignIn(page, user.email, 'not the password 17')
  await expect(page.getByText(/password is incorrect/i).first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD)
  await clickContinue(page)
  await expect(page).toHaveURL(/\/settings/, { timeout: 20_000 })
})

test('signing out ends the session in the browser and for the API', async ({ home: page }) => {
  await page.goto('/transactions')
  await page.evaluate(() => {
    localStorage.setItem('left', 'here')
    sessionStorage.setItem('left', 'here')
    Object.assign(window, { sameDocument: true })
  })
  // Clerk also asks for the page without loading a document.
  const cleared = page.waitForResponse(
    (response) => response.url().endsWith('/signed-out') && response.request().isNavigationRequest()
  )
  await signOut(page)
  const headers = await (await cleared).allHeaders()
  expect(headers['clear-site-data']).toBe('"cache", "storage"')
  await expect(page.getByRole('heading', { level: 1, name: /All your money/ })).toBeVisible({
    timeout: 20_000
  })
  expect(
    await page.evaluate(() => [
      localStorage.getItem('left'),
      sessionStorage.getItem('left'),
      'sameDocument' in window
    ])
  ).toEqual([null, null, false])
  expect((await page.request.get('/api/v1/me')).status()).toBe(401)
  await page.goto('/dashboard')
  await expect(page).toHaveURL(/\/sign-in/)
})

test('@long a forgotten password is reset with a code', async ({ page, user }) => {
  const replaced = 'another quiet river 48'
  await page.goto('/sign-in')
  await page.getByRole('textbox', { name: 'Email address' }).fill(user.email)
  await clickContinue(page)
  await page.getByRole('link', { name: /forgot password/i }).click()
  await page.getByRole('button', { name: /reset your password/i }).click()
  await typeSentCode(page)
  await typeNewPassword(page, replaced, 'New password')
  await page.getByRole('textbox', { name: 'Confirm password' }).fill(replaced)
  await page.getByRole('button', { name: /reset password/i }).click()
  await expect(heading(page, 'Dashboard')).toBeVisible({ timeout: 20_000 })
})
