/** An account for transfers whose bank has another name for its owner. */
import { axeViolations } from '@/tests/e2e/support/accessibility'
import { openAccount } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { linkFundingBank } from '@/tests/e2e/support/funding'
import {
  chooseBank,
  linkFrame,
  logIn,
  openLink,
  shareAccounts
} from '@/tests/e2e/support/steps/link-pages'

test('@long it can be used with a lower limit, until a small deposit confirms it', async ({
  home: page,
  user
}) => {
  await openAccount(user)
  const { id } = await linkFundingBank(user)
  await query(`update counterparties set owner_match = 'different' where id = $1`, [id])
  await page.goto('/account#add-money')
  const panel = page.getByRole('region', { name: 'Add money' })
  const notice = panel.getByText(/has a different name for this account/)
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 })
    await expect(notice).toContainText('up to $1,000.00 in 24 hours each way')
    const violations = await axeViolations(page, { within: 'main' })
    expect(violations.map(({ id: rule }) => rule)).toEqual([])
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    )
    expect(sideways).toBe(0)
  }
  await panel.getByLabel('Amount in dollars').fill('1000.01')
  await panel.getByRole('button', { name: 'Review' }).click()
  await expect(panel.getByRole('alert')).toContainText('Enter $1,000.00 or less')

  await openLink(page, /Confirm with a deposit/, 'Jiko for Pangea')
  await chooseBank(page)
  await logIn(page, 'microdeposits_code')
  await shareAccounts(page)
  // Every account of the login waits for the code.
  const waiting = panel.getByRole('listitem').filter({ hasText: '0000' })
  await waiting.getByRole('button', { name: 'Enter the code' }).click()
  await linkFrame(page).getByLabel('Three-letter code').fill('abc')
  await linkFrame(page).getByRole('button', { name: 'Verify account' }).click()
  await expect(notice).toHaveCount(0, { timeout: 15_000 })
})
