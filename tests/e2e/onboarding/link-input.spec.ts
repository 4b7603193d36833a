import { apply, openAccount } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, test } from '@/tests/e2e/support/fixtures'
import {
  BANK,
  chooseBank,
  linkFrame,
  linkThroughLink,
  logIn,
  openLink,
  pane,
  shareAccounts
} from '@/tests/e2e/support/steps/link-pages'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'
import { plaidItems } from '@/tests/e2e/support/vendors'

test('closing Link early adds nothing, and it can be opened again', async ({
  home: page,
  user
}) => {
  await openAccount(user)
  await page.goto('/onboarding')
  await openLink(page)
  await chooseBank(page)
  await linkFrame(page).getByRole('button', { name: 'Close' }).click()
  await linkFrame(page).getByRole('button', { name: 'Yes, exit' }).click()
  await expect(
    page.getByText('No bank was added. You can start again whenever you like.')
  ).toBeVisible()
  expect(await query('select 1 from bank_connections where user_id = $1', [user.userId])).toEqual(
    []
  )
  const exits = () =>
    query<{ type: string; status: string }>(
      'select type, status from link_events where user_id = $1',
      [user.userId]
    )
  await expect.poll(exits).toMatchObject([{ type: 'exit', status: 'requires_credentials' }])
  await linkThroughLink(page)
  await expect(page.getByRole('heading', { name: `${BANK} is added` })).toBeVisible({
    timeout: 20_000
  })
})

test('a wrong bank password is reported in Link, and the right one links one Item', async ({
  home: page,
  user
}) => {
  await openAccount(user)
  await page.goto('/onboarding')
  await openLink(page)
  await chooseBank(page)
  await logIn(page, 'not my password')
  await expect(linkFrame(page).getByRole('alert')).toBeVisible()
  await logIn(page)
  await shareAccounts(page)
  await expect(page.getByRole('heading', { name: `${BANK} is added` })).toBeVisible({
    timeout: 20_000
  })
  expect(
    (await plaidItems(user.userId)).filter(({ exchanged, removed }) => exchanged && !removed)
  ).toHaveLength(1)
})

test('@long a locked bank login ends Link with an explanation', async ({ home: page, user }) => {
  await openAccount(user)
  await page.goto('/onboarding')
  await openLink(page)
  await chooseBank(page)
  await logIn(page, 'error_ITEM_LOCKED')
  await expect(
    pane(page, /locked|try again|problem/i)
      .or(linkFrame(page).getByRole('alert'))
      .first()
  ).toBeVisible()
})

for (const [lastName, status, title] of [
  ['Review', 'MANUAL_REVIEW', 'Your application is being reviewed'],
  ['Documents', 'DOCUMENTS_NEEDED', 'Jiko needs to see more documents'],
  ['Rejected', 'REJECTED', 'Jiko could not open an account for you']
] as const) {
  test(`${status === 'REJECTED' ? '' : '@long '}an application that ends as ${status} has its own page, in neutral words`, async ({
    home: page,
    user
  }) => {
    await apply(user, lastName, status)
    await page.goto('/onboarding')
    await expect(heading(page, title)).toBeVisible()
    await expect(page.getByText(/score|denied|declined/i)).toHaveCount(0)
  })
}
