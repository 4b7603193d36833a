import { formatMoney } from '@/lib/domain/money/money'
import { accessibilityViolations, overflowingElements } from '@/tests/e2e/support/accessibility'
import { clientOf, linkBank } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'

const WIDTHS = [1_280, 390]

/** At both widths: nothing overflows, no serious violation, and a screenshot to look at. */
async function inspect(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 })
    expect(await overflowingElements(page), `${name} at ${width} px`).toEqual([])
    expect(await accessibilityViolations(page), `${name} at ${width} px`).toEqual([])
  }
}

test('@long a loan says when its payment is due, a card its rate, and an investment account what it holds', async ({
  home: page,
  user
}) => {
  await linkBank(user, undefined, ['transactions', 'liabilities', 'investments'])
  const { items } = await clientOf(user).getAccounts()
  const loan = items.find(({ subtype }) => subtype === 'student')
  const minimum = loan?.liability?.minimum
  if (!minimum) throw new Error('the bank reports the payment of its loan')
  const amount = formatMoney({ minor: BigInt(minimum.minor), currency: minimum.currency })
  await page.goto('/dashboard')
  const upcoming = page.getByRole('region', { name: 'Coming up' })
  await expect(upcoming.getByRole('link').first()).toBeVisible()
  const more = upcoming.getByText(/^\d+ more$/)
  if (await more.isVisible()) await more.click()
  await expect(upcoming.getByRole('link', { name: loan.name })).toContainText(amount)
  await expect(page.getByRole('region', { name: 'Your banks' })).toContainText(
    `${amount} payment due`
  )
  await inspect(page, 'due-payments')
  await page.goto('/connections')
  await expect(page.getByText('21.49% APR')).toBeVisible()
  await inspect(page, 'terms')
  const ira = items.find(({ type }) => type === 'investment')
  await page.goto(`/transactions?account=${ira?.id}`)
  const holdings = page.getByRole('region', { name: 'Holdings' })
  await expect(holdings.getByRole('listitem')).toHaveCount(2)
  await expect(page.getByRole('region', { name: 'Investment activity' })).toContainText('DEPOSIT')
  await inspect(page, 'holdings')
})
