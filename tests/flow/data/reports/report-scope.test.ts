import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serializeRecurring } from '@/app/_lib/serializers/reports'
import type { SyncedTransaction } from '@/lib/domain/connections/sync-page'
import { addDays, monthPeriods, monthsUntil } from '@/lib/domain/periods'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import {
  account,
  listAll,
  newUser,
  page,
  userWith as personWithAccounts,
  sync,
  transaction
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const TODAY = '2026-03-21'
const MONTHS = monthsUntil('2026-03', 6)
const TYPES: Record<string, string> = {
  checking: 'depository',
  card: 'credit',
  mortgage: 'loan',
  shares: 'investment'
}

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const accounts = Object.entries(TYPES).map(([id, type]) => account(id, { type }))

const personWith = (rows: SyncedTransaction[]) => personWithAccounts(storage, accounts, rows)

describe('reports and their rows', () => {
  const allOf = async (user: UserActor) => ({
    cashFlow: await DataService.getCashFlow(user, MONTHS),
    spending: await DataService.getSpending(user, monthPeriods('2026-03', TODAY)),
    merchants: await DataService.listTopMerchants(user, {
      period: monthPeriods('2026-03', TODAY).current,
      currency: 'USD',
      limit: 5
    }),
    recurring: await DataService.listRecurring(user, TODAY),
    summary: await DataService.summarizeTransactions(user, {}),
    listed: await listAll(user, {}, 200)
  })
  const NOTHING = {
    cashFlow: [],
    spending: [],
    merchants: [],
    recurring: [],
    summary: { count: 0, sums: [] },
    listed: []
  }

  it('count nothing of another user', async () => {
    await personWith([transaction('theirs', { date: TODAY })])
    const user = await newUser()
    expect(await allOf(user)).toEqual(NOTHING)
    expect((await DataService.getNetWorth(user, TODAY)).currencies).toEqual([])
  })

  it('count nothing that the bank removed', async () => {
    const rows = ['2026-01-02', '2026-02-01', '2026-03-01'].map((date) =>
      transaction(`taken back ${date}`, { merchantName: 'Elm Court', date })
    )
    const user = await personWith(rows)
    for (const [what, value] of Object.entries(await allOf(user)))
      expect(value, what).not.toEqual(NOTHING[what as keyof typeof NOTHING])
    const [connection] = await DataService.listConnections(user)
    const removed = rows.map(({ plaidTransactionId }) => plaidTransactionId)
    await sync(storage, connection?.id ?? '', [page({ removed })], { accounts })
    expect(await allOf(user)).toEqual(NOTHING)
  })

  it('find the monthly payment among everyday ones', async () => {
    const rent = ['2026-01-02', '2026-02-01', '2026-03-01'].map((date) =>
      transaction(`rent ${date}`, {
        name: 'Elm Court',
        date,
        amount: { minor: -150_000n, currency: 'USD' }
      })
    )
    const coffee = [1, 2, 5, 6, 9, 14, 15].map((n) =>
      transaction(`coffee ${n}`, { merchantName: 'Corner Roast', date: addDays(TODAY, -n) })
    )
    const found = await DataService.listRecurring(await personWith([...rent, ...coffee]), TODAY)
    expect(
      found.map(({ name, cadence, nextOn, minor, fixed }) => ({
        name,
        cadence,
        nextOn,
        minor,
        fixed
      }))
    ).toEqual([
      { name: 'Elm Court', cadence: 'monthly', nextOn: '2026-04-01', minor: -150_000n, fixed: true }
    ])
  })

  it('find a bill with a new reference number each month, and list its rows', async () => {
    const bills = ['2026-01-05', '2026-02-05', '2026-03-05'].map((date, n) =>
      transaction(`bill ${date}`, { name: `CITY WATER REF ${n}8871`, date })
    )
    const user = await personWith(bills)
    const [found] = (await DataService.listRecurring(user, TODAY)).map(serializeRecurring)
    expect(found).toMatchObject({ name: 'CITY WATER', cadence: 'monthly', nextOn: '2026-04-05' })
    const rows = Object.fromEntries(
      new URL(found?.amount.rows ?? '', 'http://localhost').searchParams
    )
    expect((await listAll(user, rows, 50)).length).toBe(3)
  })
})
