/** The inbox: what needs the user leads there, and is done when it is over. */
import { axeViolations } from '@/tests/e2e/support/accessibility'
import { query } from '@/tests/e2e/support/database'
import { expect, test } from '@/tests/e2e/support/fixtures'

type Row = { kind: string; data?: object; over?: boolean }

const amount = { label: 'amount', minor: '85000', currency: 'USD' }
const ROWS: Row[] = [
  { kind: 'deposit_arrived', data: { bank: 'First Platypus Bank', amounts: [amount] } },
  { kind: 'bank_sign_in', data: { bank: 'First Platypus Bank' }, over: true },
  { kind: 'documents_needed' }
]

test('shows what needs the user with a link, and what is over as done', async ({
  home: page,
  user
}) => {
  // Clerk's webhook about the user may come later.
  await query('insert into users (id) values ($1) on conflict do nothing', [user.userId])
  for (const { kind, data = {}, over = false } of ROWS)
    await query(
      `insert into messages (id, user_id, kind, data, key, over_at, read_at, created_at)
       values (gen_random_uuid(), $1, $2::text, $3::jsonb, $2::text, case when $4::boolean then clock_timestamp() end,
         case when $4::boolean then clock_timestamp() end, clock_timestamp())`,
      [user.userId, kind, JSON.stringify(data), over]
    )
  await page.goto('/dashboard')
  await expect(page.getByRole('link', { name: /^Messages, \d new$/ })).toBeVisible()
  await page.goto('/messages')
  const inbox = page.getByRole('region', { name: 'All messages' }).getByRole('listitem')
  const about = (title: string) => inbox.filter({ hasText: title })
  await expect(about('Jiko needs documents')).toContainText('New')
  await expect(about('needs you to sign in again')).toContainText('Done')
  await expect(about('needs you to sign in again').getByRole('link')).toHaveCount(0)
  await expect(about('Your deposit arrived')).toContainText('Amount$850.00')
  for (const [width, colorScheme] of [
    [1280, 'dark'],
    [390, 'light']
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const violations = await axeViolations(page, { within: 'main' })
    expect(violations.map(({ id }) => id)).toEqual([])
  }
  await expect(page.getByRole('link', { name: 'Messages', exact: true })).toBeVisible()
  await about('Jiko needs documents')
    .nth(0)
    .getByRole('link', { name: /Send documents/ })
    .click()
  await expect(page).toHaveURL(/\/onboarding\//)

  await page.goto('/settings')
  await expect(page.getByRole('checkbox', { name: 'Your application' })).toBeChecked()
})
