import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { streamTransactions } from '@/lib/services/data/transactions/stream-transactions'
import { account, listAll, transaction, userWith } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

describe('finding transactions', () => {
  const rows = [
    transaction('a', {
      merchantName: 'Café 100%',
      date: '2026-03-01',
      amount: { minor: -2_000n, currency: 'USD' }
    }),
    transaction('b', {
      merchantName: 'cafe 1000',
      date: '2026-03-02',
      amount: { minor: 1_999n, currency: 'USD' }
    }),
    transaction('c', {
      name: 'Under_score',
      date: '2026-03-02',
      amount: { minor: -20n, currency: 'JPY' },
      categoryPrimary: null,
      pending: true
    }),
    transaction('d', {
      name: 'Underscore',
      date: '2026-02-28',
      amount: { minor: -5_000n, currency: 'USD' },
      plaidAccountId: 'card'
    })
  ]
  let user: UserActor
  beforeAll(async () => {
    user = await userWith(storage, [account('checking'), account('card', { type: 'credit' })], rows)
  })
  const names = async (
    filter: TransactionFilter & { sort?: 'newest' | 'oldest' | 'largest' | 'smallest' }
  ) => (await listAll(user, filter, 2)).map(({ merchantName, name }) => merchantName ?? name)

  it.each<[string, TransactionFilter, string[]]>([
    ['takes % as it is typed', { q: '100%' }, ['Café 100%']],
    ['takes _ as it is typed', { q: 'r_s' }, ['Under_score']],
    ['ignores case and finds every word', { q: 'CAFE 10' }, ['cafe 1000']],
    [
      'bounds an amount without its sign, in each currency’s own unit',
      { min: '20' },
      ['Café 100%', 'Under_score', 'Underscore']
    ],
    ['takes an upper bound between two units', { max: '19.991' }, ['cafe 1000']],
    [
      'takes a lower bound between two units',
      { min: '19.999', currency: 'USD' },
      ['Café 100%', 'Underscore']
    ],
    ['takes days', { from: '2026-03-01', to: '2026-03-01' }, ['Café 100%']],
    ['knows rows without a category', { category: UNCATEGORIZED }, ['Under_score']],
    ['knows pending rows', { pending: 'yes' }, ['Under_score']],
    ['knows settled rows', { pending: 'no', flow: 'in' }, ['cafe 1000']],
    ['knows a currency', { currency: 'JPY' }, ['Under_score']],
    ['knows a merchant in any case', { merchant: 'CAFE 1000' }, ['cafe 1000']],
    ['answers nothing for what is no account', { account: 'x' }, []]
  ])('%s', async (_name, filter, expected) => {
    expect((await names(filter)).toSorted()).toEqual(expected.toSorted())
  })

  it('pages through every order without losing or repeating a row', async () => {
    for (const sort of ['newest', 'oldest', 'largest', 'smallest'] as const) {
      const found = await names({ sort })
      expect(found.toSorted(), sort).toEqual(
        ['Café 100%', 'Under_score', 'Underscore', 'cafe 1000'].toSorted()
      )
    }
    expect(await names({ sort: 'largest', currency: 'USD' })).toEqual([
      'Underscore',
      'Café 100%',
      'cafe 1000'
    ])
    expect(await names({ sort: 'oldest', currency: 'USD' })).toEqual([
      'Underscore',
      'Café 100%',
      'cafe 1000'
    ])
  })

  it('refuses the cursor of another order', async () => {
    const { next } = await DataService.listTransactions(user, { limit: 1 })
    await expect(
      DataService.listTransactions(user, { limit: 1, sort: 'largest', cursor: next ?? '' })
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  it('returns everything for an export', async () => {
    const pages: number[] = []
    for await (const items of DataService.streamTransactions(user, {})) pages.push(items.length)
    expect(pages).toEqual([4])
  })

  it('stops in the middle of an export when the reader stops, and exports nothing for an unknown user', async () => {
    const stream = streamTransactions(user, {}, { first: 1, next: 1 })
    expect((await stream.next()).value).toHaveLength(1)
    await stream.return(undefined)
    const empty = await userWith(storage, [account('checking')], [])
    expect((await streamTransactions(empty, {}).next()).done).toBe(true)
  })

  it('exports in parts exactly what the list shows, in every order and filter', async () => {
    const many = await userWith(
      storage,
      [account('checking'), account('card', { type: 'credit' })],
      Array.from({ length: 23 }, (_, i) =>
        transaction(`many-${i}`, {
          name: i % 3 === 0 ? 'Coffee' : 'Rent',
          date: `2026-03-0${1 + (i % 4)}`,
          amount: { minor: BigInt(-100 - i), currency: 'USD' },
          plaidAccountId: i % 5 === 0 ? 'card' : 'checking'
        })
      )
    )
    const ids = (await listAll(many, {}, 200)).map(({ id }) => id)
    for (const id of ids.slice(1, 4)) {
      const [whole] = await DataService.getTransaction(many, id)
      await DataService.saveSplits(many, id, [
        { minor: (whole?.amount.minor ?? 0n) + 10n, category: 'TRAVEL', note: null },
        { minor: -10n, category: 'INCOME', note: null }
      ])
    }
    for (const sort of ['newest', 'oldest', 'largest', 'smallest'] as const)
      for (const filter of [
        {},
        { q: 'coffee' },
        { from: '2026-03-02', to: '2026-03-03' },
        { category: 'TRAVEL' },
        { min: '99' }
      ]) {
        const parts: DataService.TransactionView[][] = []
        const stream = streamTransactions(many, { ...filter, sort }, { first: 2, next: 3 })
        for await (const items of stream) parts.push(items)
        const sorted = { ...filter, sort }
        const listed = await listAll(many, sorted, 200)
        expect(parts.flat(), `${sort} ${JSON.stringify(filter)}`).toEqual(listed)
        if (sort === 'newest')
          expect(Math.max(...parts.map((items) => items.length))).toBeLessThan(7)
      }
  })
})
