/** The Jiko side of the account page. */
import { openAccount } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { callControl } from '@/tests/e2e/support/vendors'

const pocketOf = async (userId: string): Promise<string> => {
  const [found] = await query<{ jiko_pocket_id: string }>(
    'select jiko_pocket_id from bank_accounts where user_id = $1',
    [userId]
  )
  return found?.jiko_pocket_id ?? ''
}

test('the account page shows the strategy, changes it, and reports a hold', async ({
  home: page,
  user
}) => {
  await openAccount(user)
  const pocket = await pocketOf(user.userId)
  for (let n = 1; n <= 23; n++)
    await callControl('jiko', `/pockets/${pocket}/fund`, { cents: n * 1_000 })
  await page.goto('/account')
  const movements = page.getByRole('region', { name: 'Money in and out' }).getByRole('listitem')
  await expect(movements).toHaveCount(20)
  await page.getByRole('button', { name: 'Load more' }).first().click()
  await expect(movements).toHaveCount(23)
  const invested = page.getByRole('region', { name: 'Your investments' })
  await expect(invested).toContainText('4-week')
  await invested.getByRole('button', { name: 'Change how new money is invested' }).click()
  await invested.getByRole('radio', { name: /13-week/ }).check()
  await invested.getByRole('button', { name: 'Save' }).click()
  await expect(
    invested.getByRole('button', { name: 'Change how new money is invested' })
  ).toBeVisible()
  await expect(invested.getByText('13-week U.S. Treasury bills, 4.09%')).toBeVisible()

  await expect(page.getByRole('button', { name: 'Show numbers' })).toBeVisible()
  await callControl('jiko', `/pockets/${pocket}/status`, { status: 'FROZEN' })
  // A hold sends no event; the next transaction does.
  await callControl('jiko', `/pockets/${pocket}/fund`, { cents: 100 })
  await expect(page.getByText('Jiko has put your account on hold')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Show numbers' })).toHaveCount(0)
})
