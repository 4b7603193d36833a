import { linkBank } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { signUp } from '@/tests/e2e/support/steps/clerk-pages'
import { BANK, linkThroughLink } from '@/tests/e2e/support/steps/link-pages'
import {
  acceptAgreements,
  answerQuestions,
  heading,
  submit
} from '@/tests/e2e/support/steps/onboarding-pages'
import { createTestUser, newEmail, type TestUser } from '@/tests/e2e/support/users'
import { callControl, plaidItems } from '@/tests/e2e/support/vendors'

/** From sign-up to live transactions in a browser. @param open opens another one, signed in. */
export async function runJourney(
  page: Page,
  open: (user: TestUser) => Promise<Page>
): Promise<void> {
  const email = newEmail()
  await test.step('sign up and apply', async () => {
    await signUp(page, email)
    await answerQuestions(page)
    await expect(heading(page, /Read and agree/)).toBeVisible()
    const document = page.getByRole('link', { name: /opens in a new tab/ }).first()
    const pdf = await page.request.get((await document.getAttribute('href')) ?? '')
    expect(pdf.status()).toBe(200)
    expect(pdf.headers()['content-type']).toContain('application/pdf')
    await acceptAgreements(page)
    await submit(page)
  })

  await test.step('approved: the account and its numbers', async () => {
    await expect(page.getByText('Your account is open')).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText(/ending in \d{4}/).first()).toBeAttached()
    const whole = page.getByRole('definition').filter({ hasText: /\d{9}/ })
    await expect(whole).toHaveCount(0)
    await page.getByRole('button', { name: 'Show numbers' }).click()
    await expect(whole).toHaveCount(2)
    await expect(page.getByText('Numbers shown')).toBeAttached()
    await page.getByRole('button', { name: 'Hide numbers' }).click()
    await expect(whole).toHaveCount(0)
  })

  await test.step('pre-Link, Link and the first sync', async () => {
    await expect(heading(page, 'Two next steps')).toBeVisible()
    await linkThroughLink(page)
    await expect(page.getByRole('heading', { name: `${BANK} is added` })).toBeVisible({
      timeout: 20_000
    })
    await expect(page).toHaveURL(/\/dashboard$/, { timeout: 30_000 })
  })

  await test.step('the dashboard', async () => {
    await expect(heading(page, 'Dashboard')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Your banks' })).toContainText(BANK)
    await expect(page.getByRole('region', { name: 'Your banks' })).toContainText(
      /Checking •••• \d{4}/
    )
    await expect(page.getByRole('region', { name: /Everything you own/ })).toContainText(
      /\$[\d,]+\.\d{2}/
    )
  })

  await test.step('new transactions appear automatically, in the owner’s browser only', async () => {
    const otherUser = await createTestUser()
    await linkBank(otherUser)
    const other = await open(otherUser)
    await other.goto('/dashboard')
    await expect(heading(other, 'Dashboard')).toBeVisible()
    const strangers = await other.getByRole('region', { name: 'Latest transactions' }).textContent()

    const [user] = await query<{ id: string }>('select id from users where email = $1', [email])
    await expect.poll(async () => (await plaidItems(user?.id ?? '')).length).toBe(1)
    const [item] = await plaidItems(user?.id ?? '')
    const before = page.url()
    await page.evaluate(() => Object.assign(window, { sameVisit: true }))
    const name = `Corner Bakery ${Date.now()}`
    await callControl('plaid', `/items/${item?.itemId}/transactions`, {
      transactions: [{ name, amount: 12.34 }]
    })
    await expect(page.getByText(name).first()).toBeVisible()
    expect(await page.evaluate(() => 'sameVisit' in window)).toBe(true)
    expect(page.url()).toBe(before)
    expect(await other.getByRole('region', { name: 'Latest transactions' }).textContent()).toBe(
      strangers
    )
    await other.reload()
    await expect(heading(other, 'Dashboard')).toBeVisible()
    await expect(other.getByText(name)).toHaveCount(0)
  })
}
