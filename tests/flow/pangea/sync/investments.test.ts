/** Holdings and investment transactions, from Plaid to the account and its net worth. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { GET } from '@/app/api/v1/accounts/[id]/investments/route'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { controlItem, linkedUser } from '@/tests/support/connections'
import { resetSingletons, setOptionalProducts } from '@/tests/support/environment'
import { signIn } from '@/tests/support/handlers'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

const BROKERAGE = 'ins_900002'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => {
  setOptionalProducts()
  return world.close()
})
beforeEach(() => setOptionalProducts('investments'))

/** A login with a brokerage account only, and one with an IRA that receives deposits. */
const broker = () => linkedUser(world, { kind: 'investments', institutionId: BROKERAGE })
const saver = () =>
  linkedUser(world, { choose: (name) => name.includes('IRA'), kind: 'investments' })

async function investmentAccount(user: UserActor) {
  const account = (await DataService.listAccounts(user)).find(({ type }) => type === 'investment')
  if (!account) throw new Error('no investment account')
  return account
}
const investmentsOf = async (user: UserActor) =>
  DataService.getAccountInvestments(user, (await investmentAccount(user)).id, { limit: 1_000 })

/** The responses of Plaid's API for the Item. */
async function plaidSays(connectionId: string, path: string, more: object = {}) {
  const response = await fetch(`${world.plaid.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: process.env.PLAID_CLIENT_ID,
      secret: process.env.PLAID_SECRET,
      access_token: await DataService.getAccessToken(systemActor('test'), connectionId),
      ...more
    })
  })
  return response.json()
}
const cents = (value: number) => BigInt(Math.round(value * 100))
const sum = (list: bigint[]) => list.reduce((total, one) => total + one, 0n)
const askedFor = (connectionId: string, method: string) =>
  world.storage.rows('select 1 from vendor_events where connection_id = $1 and method = $2', [
    connectionId,
    method
  ])

test('holdings, their account and net worth equal to the cent what Plaid says', async () => {
  const { user, connectionId } = await broker()
  const { holdings } = await investmentsOf(user)
  const said = await plaidSays(connectionId, '/investments/holdings/get')
  const account = said.accounts[0]
  expect(
    holdings.map(({ value, cost, quantity }) => [value?.minor, cost?.minor, quantity])
  ).toEqual(
    said.holdings
      .toSorted(
        (a: { institution_value: number }, b: { institution_value: number }) =>
          b.institution_value - a.institution_value
      )
      .map((one: { institution_value: number; cost_basis: number; quantity: number }) => [
        cents(one.institution_value),
        cents(one.cost_basis),
        String(one.quantity)
      ])
  )
  const balance = cents(account.balances.current)
  expect(sum(holdings.map(({ value }) => value?.minor ?? 0n))).toBe(balance)
  const { currencies } = await DataService.getNetWorth(user, '2026-11-29')
  expect(currencies).toMatchObject([
    { currency: 'USD', net: balance, groups: [{ type: 'investment', minor: balance }] }
  ])
})

test('the transactions of two years are in the account, with money that comes in as positive', async () => {
  const { user, connectionId } = await saver()
  const { transactions } = await investmentsOf(user)
  const [first] = transactions.slice(-1)
  const said = await plaidSays(connectionId, '/investments/transactions/get', {
    start_date: first?.date,
    end_date: transactions[0]?.date,
    options: { count: 500 }
  })
  expect(transactions.length).toBeGreaterThan(10)
  expect(transactions).toHaveLength(said.total_investment_transactions)
  expect(sum(transactions.map(({ amount }) => amount.minor))).toBe(
    -sum(said.investment_transactions.map(({ amount }: { amount: number }) => cents(amount)))
  )
  expect(transactions.find(({ kind }) => kind === 'cash')?.amount.minor).toBeGreaterThan(0n)
  expect(transactions.find(({ kind }) => kind === 'buy')?.amount.minor).toBeLessThan(0n)
})

test('the past of net worth falls by each deposit, and not by purchases', async () => {
  const { user } = await saver()
  const { transactions } = await investmentsOf(user)
  const [history] = await DataService.getNetWorthHistory(user, { range: '1y', timeZone: 'UTC' })
  const points = history?.points ?? []
  const [start, end] = [points[0], points.at(-1)]
  const deposits = transactions.filter(
    ({ kind, date }) => kind === 'cash' && start && end && date > start.on && date <= end.on
  )
  expect(deposits.length).toBeGreaterThan(2)
  expect((end?.minor ?? 0n) - (start?.minor ?? 0n)).toBe(
    sum(deposits.map(({ amount }) => amount.minor))
  )
  expect(end?.minor).toBe((await investmentAccount(user)).current?.minor)
})

test('a deposit that both the checking and the investment account report counts once', async () => {
  const { user } = await linkedUser(world)
  const account = await investmentAccount(user)
  const { transactions } = await investmentsOf(user)
  const historyOf = async () =>
    (await DataService.getNetWorthHistory(user, { range: '3m', timeZone: 'UTC' }))[0]?.points ?? []
  const points = await historyOf()
  // Without the investment account, its deposits leave net worth.
  await DataService.saveAccountView(user, account.id, { hidden: true })
  const without = await historyOf()
  const start = points[0]?.on ?? ''
  const deposits = sum(
    transactions
      .filter(({ kind, date }) => kind === 'cash' && date > start)
      .map(({ amount }) => amount.minor)
  )
  expect(deposits).toBeGreaterThan(0n)
  const invested = points.map(({ minor }, n) => minor - (without[n]?.minor ?? 0n))
  expect((invested.at(-1) ?? 0n) - (invested[0] ?? 0n)).toBe(deposits)
})

test('a bank without the setting is read as before', async () => {
  setOptionalProducts()
  const { user, connectionId } = await linkedUser(world)
  expect(await investmentsOf(user)).toEqual({ holdings: [], transactions: [] })
  expect(await askedFor(connectionId, '/investments/holdings/get')).toEqual([])
})

test.each([
  ['HOLDINGS', 'DEFAULT_UPDATE', '/investments/holdings/get'],
  ['INVESTMENTS_TRANSACTIONS', 'DEFAULT_UPDATE', '/investments/transactions/get']
])('a %s %s webhook reads %s again, and nothing is doubled', async (type, code, path) => {
  const { user, connectionId, itemId } = await saver()
  const [before, asked] = [await investmentsOf(user), await askedFor(connectionId, path)]
  await controlItem(world, itemId, `fire/${code}`, { type })
  expect((await askedFor(connectionId, path)).length).toBeGreaterThan(asked.length)
  expect(await investmentsOf(user)).toEqual(before)
})

test.each(['/investments/holdings/get', '/investments/transactions/get'])(
  'a refusal of %s leaves the sync complete and what was read before in place',
  async (path) => {
    const { user, connectionId } = await saver()
    const before = await investmentsOf(user)
    captureLogs()
    try {
      await world.control('plaid', '/faults', { path, kind: '400', code: 'PRODUCT_NOT_READY' })
      await DataService.requestSync(user, connectionId, 'test')
      await world.settle()
    } finally {
      world.plaid.faults.clear()
      resetSingletons('log')
    }
    expect((await DataService.getConnection(user, connectionId)).sync).toMatchObject({
      status: 'completed',
      code: null
    })
    expect(await investmentsOf(user)).toEqual(before)
  }
)

test('a transaction that the institution withdraws disappears, and older ones than it lists stay', async () => {
  const { user, connectionId } = await saver()
  const { id } = await investmentAccount(user)
  const add = (key: string, on: string) =>
    world.storage.rows(
      `insert into investment_transactions (id, user_id, account_id, plaid_transaction_id, booked_on, name, kind, amount_minor, currency)
       values (gen_random_uuid(), $1, $2, $3, $4, $3, 'cash', 100, 'USD')`,
      [user.userId, id, key, on]
    )
  await add('withdrawn', new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10))
  await add('old', '2019-01-01')
  await DataService.requestSync(user, connectionId, 'test')
  await world.settle()
  const names = (await investmentsOf(user)).transactions.map(({ name }) => name)
  expect(names).not.toContain('withdrawn')
  expect(names).toContain('old')
})

test('a disconnected bank keeps its investment transactions and nothing that is held', async () => {
  const { user, connectionId } = await saver()
  await PangeaService.disconnectBank(user, connectionId, { history: 'keep' })
  await world.settle()
  const count = (table: string) =>
    world.storage.rows(`select 1 from ${table} where user_id = $1`, [user.userId])
  expect(await count('security_holdings')).toEqual([])
  expect((await count('investment_transactions')).length).toBeGreaterThan(0)
  await PangeaService.disconnectBank(user, connectionId, { history: 'erase' })
  expect(await count('investment_transactions')).toEqual([])
})

test('the API answers with exact amounts and the gain, and 404 for another user', async () => {
  const { user } = await broker()
  const { id } = await investmentAccount(user)
  const { holdings } = await investmentsOf(user)
  const own = await signIn(world, user.userId)
  const { status, body } = await own.call(GET, { params: { id } })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    holdings: holdings.map(({ value, cost }) => ({
      value: { minor: String(value?.minor), currency: 'USD' },
      gain: { minor: String((value?.minor ?? 0n) - (cost?.minor ?? 0n)), currency: 'USD' }
    }))
  })
  const stranger = await signIn(world, (await world.createUser()).userId)
  expect((await stranger.call(GET, { params: { id } })).status).toBe(404)
})
