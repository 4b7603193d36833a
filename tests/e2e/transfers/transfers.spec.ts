/** Transfers from a counterparty and back, through Jiko's own Link. */
import { axeViolations } from '@/tests/e2e/support/accessibility'
import { openAccount } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { ageTrust } from '@/tests/e2e/support/funding'
import {
  chooseBank,
  linkFrame,
  logIn,
  openLink,
  shareAccounts
} from '@/tests/e2e/support/steps/link-pages'
import { expireReverification, PASSWORD } from '@/tests/e2e/support/users'
import { callControl } from '@/tests/e2e/support/vendors'

/** Both themes, on a phone. */
async function expectAccessible(page: Page): Promise<void> {
  // Waits for the theme's colour transition to end.
  await page.addStyleTag({
    content: '*, *::before, *::after { transition: none !important; animation: none !important }'
  })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const violations = await axeViolations(page, { within: 'main' })
    expect(
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    ).toEqual([])
  }
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  )
  expect(sideways).toBe(0)
}

test('money is added and withdrawn, and a return is explained', async ({ home: page, user }) => {
  await openAccount(user)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/account')
  const panel = page.getByRole('region', {
    name: /Move money|Add money|Withdraw money|Check before/
  })
  await panel.getByRole('button', { name: 'Add money' }).click()
  await expect(panel.getByText('this time for Jiko')).toBeVisible()
  await openLink(page, 'Link a bank', 'Jiko for Pangea')
  await chooseBank(page)
  await logIn(page, 'microdeposits_code')
  await shareAccounts(page)
  await expect(panel.getByText('Its description ends in a code').first()).toBeVisible()
  await panel.getByRole('button', { name: 'Enter the code' }).first().click()
  await linkFrame(page).getByLabel('Three-letter code').fill('xyz')
  await linkFrame(page).getByRole('button', { name: 'Verify account' }).click()
  await expect(linkFrame(page).getByText('That is not the code')).toBeVisible()
  await linkFrame(page).getByLabel('Three-letter code').fill('abc')
  await linkFrame(page).getByRole('button', { name: 'Verify account' }).click()

  await panel.getByRole('radio').first().check()
  await panel.getByLabel('Amount in dollars').fill('a lot')
  await panel.getByRole('button', { name: 'Review' }).click()
  await expect(panel.getByRole('alert')).toContainText('Enter an amount such as')
  await panel.getByLabel('Amount in dollars').fill('$1,250.00')
  await panel.getByRole('button', { name: 'Review' }).click()
  await expect(panel.getByRole('heading', { name: 'Check before you confirm' })).toBeFocused()
  await expectAccessible(page)
  // More than ten minutes have passed since the sign-in.
  await expireReverification(page, user.userId)
  await panel.getByRole('button', { name: 'Confirm and add $1,250.00' }).dblclick()
  await page
    .getByRole('dialog')
    .getByRole('textbox', { name: 'Password', exact: true })
    .fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('status').filter({ hasText: 'Confirmed: $1,250.00' })).toBeVisible()
  const transfers = page.getByRole('region', { name: 'Your transfers' }).getByRole('listitem')
  await expect(transfers).toHaveCount(1)
  const [{ count = '' } = {}] = await query<{ count: string }>(
    'select count(*) from transfers where user_id = $1',
    [user.userId]
  )
  expect(count).toBe('1')

  const { originations } = await callControl<{
    originations: { id: string; cents: number; pocketId: string }[]
  }>('jiko', '/ledger')
  const [{ jiko_transfer_id: first = '' } = {}] = await query<{ jiko_transfer_id: string }>(
    'select jiko_transfer_id from transfers where user_id = $1',
    [user.userId]
  )
  expect(originations.filter(({ id }) => id === first)).toHaveLength(1)
  await callControl('jiko', `/transfers/${first}/move`, { status: 'PROCESSED' })
  await expect(transfers.first()).toContainText('Done', { timeout: 20_000 })

  // Back by keyboard only, to an account that is no longer new.
  await ageTrust(user)
  await page.reload()
  await panel.getByRole('button', { name: 'Withdraw' }).focus()
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('heading', { name: 'Withdraw money' })).toBeFocused()
  await panel.getByLabel('Amount in dollars').waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  for (
    let stops = 0;
    stops < 4 &&
    !(await panel
      .getByLabel('Amount in dollars')
      .evaluate((field) => field === document.activeElement));
    stops++
  )
    await page.keyboard.press('Tab')
  await page.keyboard.type('100.01')
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('heading', { name: 'Check before you confirm' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(panel.getByRole('button', { name: 'Confirm and withdraw $100.01' })).toBeFocused()
  await expireReverification(page, user.userId)
  await page.keyboard.press('Enter')
  await page
    .getByRole('dialog')
    .getByRole('textbox', { name: 'Password', exact: true })
    .fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(transfers).toHaveCount(2)
  const [{ jiko_transfer_id: second = '' } = {}] = await query<{ jiko_transfer_id: string }>(
    `select jiko_transfer_id from transfers where user_id = $1 and direction = 'out'`,
    [user.userId]
  )
  await callControl('jiko', `/transfers/${second}/move`, { status: 'FAILED', code: 'R02' })
  await expect(transfers.first()).toContainText('because that account is closed (R02)', {
    timeout: 20_000
  })
  await expect(transfers.first()).toContainText('It is in your account here again')
  await expect(page.getByRole('region', { name: 'Pangea account' })).toContainText('$1,250.00', {
    timeout: 20_000
  })
  await expectAccessible(page)
})
