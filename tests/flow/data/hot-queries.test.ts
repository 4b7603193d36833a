/** The plans of the queries behind pages: which index they use, and how many rows they read. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, monthPeriods } from '@/lib/domain/periods'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { fillHistory, TODAY } from '@/scripts/bench/long-history'
import { userActor } from '@/tests/support/actors'
import { account, transaction, userWith } from '@/tests/support/fixtures/data'
import { plansOf } from '@/tests/support/plans'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const ROWS = 10_000
const user = userActor('user_with_a_history')

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
  await fillHistory(storage.databaseUrl, user.userId, ROWS)
  await fillHistory(storage.databaseUrl, 'user_beside', ROWS)
  await storage.rows('analyze')
})
afterAll(() => storage.close())

const list = (query: object) => (actor: UserActor) =>
  DataService.listTransactions(actor, { limit: 50, ...query })
const month = { from: '2026-03-01', to: '2026-03-31' }
const periods = monthPeriods('2026-03', TODAY)
async function secondPage(actor: UserActor): Promise<void> {
  const { next } = await list({})(actor)
  if (next) await list({ cursor: next })(actor)
}

type View = (actor: UserActor) => Promise<unknown>
test.each<[string, View, { rows: number; pages?: number; index?: string }]>([
  ['the newest rows', list({}), { rows: 300, index: 'transactions_newest' }],
  ['the second page', secondPage, { rows: 600, index: 'transactions_newest' }],
  ['the oldest rows', list({ sort: 'oldest' }), { rows: 300, index: 'transactions_newest' }],
  ['the largest rows', list({ sort: 'largest' }), { rows: 500, index: 'transactions_size' }],
  ['a word that no row has', list({ q: 'zanzibar' }), { rows: 0, pages: 200 }],
  ['a word that few rows have', list({ q: '1234' }), { rows: 100, pages: 900 }],
  [
    'a word that most rows have',
    list({ q: 'coffee' }),
    { rows: 900, index: 'transactions_newest' }
  ],
  [
    'the sum of a word that no row has',
    (actor) => DataService.summarizeTransactions(actor, { q: 'zanzibar' }),
    { rows: 0, pages: 200 }
  ],
  ['a category of a month', list({ category: 'FOOD_AND_DRINK', ...month }), { rows: 700 }],
  [
    'the spending of two months',
    (actor) => DataService.getSpending(actor, periods),
    { rows: 1_500 }
  ],
  [
    'the net worth of a month',
    (actor) => DataService.getNetWorthHistory(actor, { range: '1m', timeZone: 'UTC' }),
    { rows: 600, index: 'transactions_account' }
  ]
])('%s: by an index, and only so many rows', async (_, view, most) => {
  const { rowsRead, access, pages } = await plansOf(storage.databaseUrl, user, view)
  expect(access, 'no whole history is read').not.toContain('all of transactions')
  if (most.index) expect(access).toContain(most.index)
  expect(rowsRead).toBeLessThanOrEqual(most.rows)
  expect(pages).toBeLessThanOrEqual(most.pages ?? Number.POSITIVE_INFINITY)
})

test('the first pages after a large first sync have the plans of later ones', async () => {
  const rows = Array.from({ length: 3_000 }, (_, n) =>
    transaction(`first ${n}`, { date: addDays(TODAY, -(n % 600)) })
  )
  const fresh = await userWith(storage, [account('checking')], rows)
  for (const query of [{}, { q: 'zanzibar' }, { sort: 'largest' }]) {
    const { rowsRead, access } = await plansOf(storage.databaseUrl, fresh, list(query))
    expect(access).not.toContain('all of transactions')
    expect(rowsRead, JSON.stringify(query)).toBeLessThanOrEqual(500)
  }
})
