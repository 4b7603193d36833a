/** Clerk's forms. */
import { expect, type Page } from '@playwright/test'
import { PASSWORD } from '@/tests/e2e/support/users'

/** The code that Clerk's test addresses accept. */
export const CODE = '424242'

const email = (page: Page) => page.getByRole('textbox', { name: 'Email address' })
const password = (page: Page, name = 'Password') => page.getByRole('textbox', { name, exact: true })
export const clickContinue = (page: Page) =>
  page.getByRole('button', { name: 'Continue', exact: true }).click()

/**
 * Types a new password and waits for Clerk's validation a moment later; submitting earlier is
 * ignored.
 */
export async function typeNewPassword(page: Page, text: string, name?: string): Promise<void> {
  await password(page, name).fill(text)
  await expect(
    page.getByText('Your password meets all the necessary requirements').first()
  ).toBeVisible()
}

/** Fills in and submits the sign-up form. */
export async function startSignUp(page: Page, address: string, text = PASSWORD): Promise<void> {
  await page.goto('/sign-up')
  await email(page).fill(address)
  await typeNewPassword(page, text)
  await clickContinue(page)
}

/** A six-digit code, which submits itself. */
export async function typeCode(page: Page, code: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Enter verification code' })
  await box.fill('')
  await box.pressSequentially(code)
}

/**
 * Waits for Clerk's response to the request that sends the code. It carries the state before the
 * code: if it arrives after the code's own response, Clerk's form stays where it is.
 */
export async function codeIsSent(page: Page): Promise<void> {
  const requests = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .join(' ')
    )
  await expect.poll(requests, { intervals: [50] }).toMatch(/\/prepare_(verification|first_factor)/)
}

/** The code that was sent by mail. */
export async function typeSentCode(page: Page, code = CODE): Promise<void> {
  await codeIsSent(page)
  await typeCode(page, code)
}

/** Signs up with the form, up to the next page. */
export async function signUp(page: Page, address: string, text = PASSWORD): Promise<void> {
  await startSignUp(page, address, text)
  await expect(page.getByRole('heading', { name: 'Verify your email' })).toBeVisible()
  await typeSentCode(page)
  await page.waitForURL('**/onboarding/**', { timeout: 20_000 })
}

/** Fills in and submits the sign-in form. */
export async function typeSignIn(page: Page, address: string, text = PASSWORD): Promise<void> {
  await email(page).fill(address)
  await clickContinue(page)
  await password(page).fill(text)
  await clickContinue(page)
}

/** Signs out with Clerk's own menu. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /open user menu/i }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
}

/**
 * Clerk's components load more files after the page; an aborted one would count as a page error.
 */
export async function waitForClerkScripts(page: Page): Promise<void> {
  let last = 0
  const rests = async () => {
    const names = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name)
    )
    const count = names.filter((name) => name.includes('/__clerk/npm/')).length
    const same = count > 0 && count === last
    last = count
    return same
  }
  await expect.poll(rests, { intervals: [1_000], timeout: 20_000 }).toBe(true)
}
