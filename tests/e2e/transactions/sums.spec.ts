import { clientOf, linkBank } from '@/tests/e2e/support/api'
import { itemOf, query } from '@/tests/e2e/support/database'
import {
  balanceFigures,
  cashFlowFigures,
  type LinkedFigure,
  linkedFigures,
  listedFigures,
  netWorthFigures,
  spendingFigures,
  sum
} from '@/tests/e2e/support/figures'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import type { TestUser } from '@/tests/e2e/support/users'
import { callControl } from '@/tests/e2e/support/vendors'

const OTHER_BANK = 'ins_109509'

async function openDashboard(page: Page): Promise<void> {
  await page.goto('/dashboard')
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible()
}

/** Checks every total on the dashboard. @returns the figures that transactions decide. */
async function checkDashboard(page: Page) {
  await openDashboard(page)
  const worth = await netWorthFigures(page)
  const balances = await balanceFigures(page)
  expect(worth.groups.length).toBeGreaterThan(0)
  for (const { total, rows } of worth.groups) {
    expect(sum(rows.map(({ value }) => value))).toBe(total)
    for (const { href, value } of rows.filter((row) => balances.has(row.href)))
      expect(value < 0n ? -value : value, href).toBe(balances.get(href))
  }
  const totals = worth.groups.map(({ total }) => total)
  expect(sum(totals.filter((total) => total > 0n))).toBe(worth.owned)
  expect(-sum(totals.filter((total) => total < 0n))).toBe(worth.owed)
  expect(worth.owned - worth.owed).toBe(worth.net)
  expect(worth.newest).toBe(worth.net)

  const spending = await spendingFigures(page)
  expect(spending.categories.length).toBeGreaterThan(3)
  expect(sum(spending.categories.map(([spent]) => spent ?? 0n))).toBe(spending.total)
  expect(sum(spending.categories.map(([, before]) => before ?? 0n))).toBe(spending.previous)
  const months = await cashFlowFigures(page)
  expect(months.length).toBeGreaterThan(5)
  for (const [incoming = 0n, out = 0n, left] of months) expect(incoming - out).toBe(left)
  return { net: worth.net, spending, months, holdings: worth.groups.flatMap(({ rows }) => rows) }
}

/** Opens the transactions behind figures: their total and their rows add up to each. */
async function checkRows(page: Page, figures: readonly LinkedFigure[]): Promise<void> {
  for (const { href, value } of figures) {
    await page.goto(href)
    const { total, rows } = await listedFigures(page)
    expect(sum(rows), href).toBe(total)
    expect(total < 0n ? -total : total, href).toBe(value < 0n ? -value : value)
  }
}

const list = async (user: TestUser, search: string) =>
  (
    await clientOf(user).getTransactions({
      query: { ...Object.fromEntries(new URLSearchParams(search)), limit: 200 }
    })
  ).items

/** Two rows of one transfer between the user's own accounts, without categories. */
async function addOwnTransfer(user: TestUser, connectionId: string): Promise<void> {
  const accounts = await query<{ plaid_account_id: string }>(
    "select plaid_account_id from linked_accounts where connection_id = $1 and type = 'depository' order by created_at, id",
    [connectionId]
  )
  const [from, to] = accounts.map(({ plaid_account_id: accountId }) => accountId)
  if (!from || !to) throw new Error('the bank has two accounts')
  await callControl('plaid', `/items/${await itemOf(connectionId)}/transactions`, {
    transactions: [
      { name: 'Own transfer out', amount: 431.17, accountId: from },
      { name: 'Own transfer in', amount: -431.17, accountId: to }
    ]
  })
  const kinds = async () => (await list(user, 'q=Own%20transfer')).map(({ kind }) => kind)
  await expect.poll(kinds, { timeout: 20_000 }).toEqual(['transfer', 'transfer'])
}

/** Splits the newest spending of at least five dollars into two parts. */
async function splitNewest(user: TestUser): Promise<void> {
  const row = (await list(user, 'kind=spending&pending=no&flow=out&min=5'))[0]
  if (!row) throw new Error('a linked bank has spending')
  const parts = [-100n, BigInt(row.amount.minor) + 100n].map((minor) => ({ minor: `${minor}` }))
  await clientOf(user).patchTransactionsById({ params: { id: row.id }, body: { parts } })
}

/** The bank stops sharing its first account. @returns the account's address. */
async function closeFirstAccount(connectionId: string): Promise<string> {
  await callControl('plaid', `/items/${await itemOf(connectionId)}/fire/USER_ACCOUNT_REVOKED`, {})
  const closed = async () =>
    (
      await query<{ id: string }>(
        'select id from linked_accounts where connection_id = $1 and closed_at is not null',
        [connectionId]
      )
    ).map(({ id }) => `/transactions?account=${id}`)
  await expect.poll(closed, { timeout: 20_000 }).toHaveLength(1)
  return (await closed())[0] ?? ''
}

test('@long every figure is the sum of its rows, also with an own transfer, a split and a closed account', async ({
  home: page,
  user
}) => {
  const [first, second] = [await linkBank(user), await linkBank(user, OTHER_BANK)]
  const before = await checkDashboard(page)
  await addOwnTransfer(user, first)
  await splitNewest(user)
  const closed = await closeFirstAccount(second)
  const after = await checkDashboard(page)

  const lost = before.holdings.find(({ href }) => href === closed)?.value ?? 0n
  expect(lost).not.toBe(0n)
  expect(after.holdings.map(({ href }) => href)).not.toContain(closed)
  expect(after.net).toBe(before.net - lost)
  expect(after.spending.total).toBe(before.spending.total)
  expect(after.months).toEqual(before.months)
  const [total, previous] = await linkedFigures(page, 'Spending')
  const merchants = await linkedFigures(page, 'Top merchants')
  if (!total || !previous) throw new Error('there is spending')
  await checkRows(page, [total, previous, ...merchants.slice(0, 1)])
})

test('@long every figure of the dashboard opens the transactions that add up to it', async ({
  home: page,
  user
}) => {
  test.setTimeout(300_000)
  const connection = await linkBank(user)
  await addOwnTransfer(user, connection)
  await splitNewest(user)
  await openDashboard(page)
  for (const card of ['Spending', 'Top merchants', 'Cash flow']) {
    await openDashboard(page)
    const figures = await linkedFigures(page, card)
    expect(figures.length, card).toBeGreaterThan(3)
    await checkRows(page, figures)
  }
})
