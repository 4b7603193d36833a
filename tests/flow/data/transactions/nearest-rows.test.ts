/** Pages of a filter, read from the nearest rows first, against the same rows read as an export. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import type { TransactionView } from '@/lib/services/data'
import * as DataService from '@/lib/services/data'
import { fillHistory } from '@/scripts/bench/long-history'
import { userActor } from '@/tests/support/actors'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const user = userActor('user_with_filters')

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
  await fillHistory(storage.databaseUrl, user.userId, 3_000)
  await storage.rows(
    `update linked_accounts set hidden_at = now() where user_id = $1 and name = 'Account 2'`,
    [user.userId]
  )
})
afterAll(() => storage.close())

const placeOf = ({ id, split }: TransactionView) => `${id} ${split?.n ?? 1}`

async function readPages(query: TransactionFilter & { sort: 'newest' | 'oldest' }, limit: number) {
  const places: string[] = []
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await DataService.listTransactions(user, { ...query, limit, cursor })
    places.push(...items.map(placeOf))
    if (!next) return places
    cursor = next
  }
}

async function readExport(query: TransactionFilter & { sort: 'newest' | 'oldest' }) {
  const places: string[] = []
  for await (const items of DataService.streamTransactions(user, query))
    places.push(...items.map(placeOf))
  return places
}

test.each<[string, TransactionFilter, number]>([
  ['a tag', { tag: 'trip' }, 7],
  ['a category', { category: 'FOOD_AND_DRINK' }, 200],
  ['a category of splits and edits', { category: 'MEDICAL' }, 100],
  [
    'a category of a month',
    { category: 'FOOD_AND_DRINK', from: '2026-03-01', to: '2026-03-31' },
    5
  ],
  ['few rows, far apart', { category: 'TRAVEL', min: '149' }, 3],
  ['a tag and a category', { tag: 'trip', category: 'MEDICAL' }, 2],
  ['nothing', { tag: 'none' }, 5]
])('the pages of %s have every row once, in both orders', async (name, filter, limit) => {
  for (const sort of ['newest', 'oldest'] as const) {
    const all = await readExport({ ...filter, sort })
    if (name !== 'nothing') expect(all.length).toBeGreaterThan(limit)
    expect(await readPages({ ...filter, sort }, limit), sort).toEqual(all)
  }
})
