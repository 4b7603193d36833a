import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as DataService from '@/lib/services/data'
import { page, sync, transaction, usd } from '@/tests/support/fixtures/data'
import { editHelpers } from '@/tests/support/steps/edited-rows'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const { withRows, list, idOf } = editHelpers(() => storage)

describe('splits', () => {
  const parts = [
    { minor: -700n, category: null, note: 'bread' },
    { minor: -800n, category: 'MEDICAL', note: null },
    { minor: 250n, category: 'INCOME', note: null }
  ]

  test('are separate rows that add up to the transaction, in every order and page', async () => {
    const { user } = await withRows(
      transaction('a'),
      transaction('b'),
      transaction('z', { date: '2026-03-01' })
    )
    const id = await idOf(user, 'Payment a')
    await DataService.saveSplits(user, id, parts)
    for (const sort of ['newest', 'oldest', 'largest', 'smallest'] as const) {
      const seen = []
      for (let cursor: string | undefined; ; ) {
        const { items, next } = await DataService.listTransactions(user, {
          limit: 1,
          sort,
          cursor
        })
        seen.push(...items)
        if (!next) break
        cursor = next
      }
      const mine = seen.filter((row) => row.id === id)
      expect(seen, sort).toHaveLength(5)
      expect(mine.map(({ split: part }) => part?.n).toSorted(), sort).toEqual([1, 2, 3])
      if (sort === 'newest' || sort === 'oldest')
        expect(
          mine.map(({ split: part }) => part?.n),
          sort
        ).toEqual([1, 2, 3])
    }
    const [flow] = await DataService.getCashFlow(user, ['2026-03'])
    expect(flow?.months).toEqual([{ month: '2026-03', in: 250n, out: 4_000n, net: -3_750n }])
    await DataService.saveSplits(user, id, [])
    expect((await list(user)).filter((row) => row.id === id)).toMatchObject([
      { amount: usd(-1_250n), split: null }
    ])
  })

  test('still add up after the bank changed the amount', async () => {
    const { user, connectionId } = await withRows(transaction('a', { pending: true }))
    const id = await idOf(user, 'Payment a')
    await DataService.saveSplits(user, id, parts)
    await sync(storage, connectionId, [
      page({
        added: [transaction('b', { pendingTransactionId: 'a', amount: usd(-2_000n) })],
        removed: ['a']
      })
    ])
    expect((await list(user)).map(({ amount }) => amount.minor)).toEqual([-1_450n, -800n, 250n])
    await expect(DataService.saveSplits(user, id, parts)).rejects.toMatchObject({
      code: 'invalid',
      fields: { parts: expect.any(String) }
    })
  })

  test.each([
    ['more than it', [{ minor: 300n }, { minor: -700n }, { minor: -850n }]],
    ['all of it', [{ minor: -1n }, { minor: -1_250n }, { minor: 1n }]]
  ])(
    'are refused with an explanation when those of one sign total %s, unless another compensates',
    async (_, wanted) => {
      const { user } = await withRows(transaction('a'))
      const id = await idOf(user, 'Payment a')
      const given = wanted.map(({ minor }) => ({ minor, category: null, note: null }))
      const stored = DataService.saveSplits(user, id, given)
      if (given.slice(1).some(({ minor }) => minor > 0n)) await stored
      else
        await expect(stored).rejects.toMatchObject({
          code: 'invalid',
          fields: { parts: expect.stringContaining('$12.50') }
        })
      expect(await list(user)).toHaveLength(given.slice(1).some(({ minor }) => minor > 0n) ? 3 : 1)
    }
  )

  test('stop counting when the bank lowers the amount below them, and the user is asked', async () => {
    const { user, connectionId } = await withRows(
      transaction('a', { categoryPrimary: null, categoryDetailed: null })
    )
    const id = await idOf(user, 'Payment a')
    const sizes = [-250n, -1_000n].map((minor) => ({ minor, category: null, note: null }))
    await DataService.saveSplits(user, id, sizes)
    const changeTo = (minor: bigint) =>
      sync(storage, connectionId, [
        page({
          modified: [
            transaction('a', { categoryPrimary: null, categoryDetailed: null, amount: usd(minor) })
          ]
        })
      ])
    const look = async () =>
      (await list(user)).map(({ amount, splitChanged }) => [amount.minor, splitChanged])
    await changeTo(-1_100n)
    expect(await look()).toEqual([
      [-100n, true],
      [-1_000n, true]
    ])
    for (const minor of [-1_000n, -400n, 400n]) {
      await changeTo(minor)
      expect(await look()).toEqual([[minor, true]])
      expect((await DataService.getSources(user, id)).split).toEqual({
        from: -1_250n,
        holds: false
      })
    }
    await changeTo(-400n)
    const [flow] = await DataService.getCashFlow(user, ['2026-03'])
    expect(flow?.months).toMatchObject([{ in: 0n, out: 400n }])
    await DataService.saveSplits(user, id, [
      { minor: -300n, category: null, note: null },
      { minor: -100n, category: null, note: null }
    ])
    expect(await look()).toEqual([
      [-300n, false],
      [-100n, false]
    ])
  })

  test('replace each other entirely when two tabs split at once', async () => {
    const { user } = await withRows(transaction('a'))
    const id = await idOf(user, 'Payment a')
    const halves = [parts[0], { minor: -550n, category: 'TRAVEL', note: null }].flatMap(
      (part) => part ?? []
    )
    await Promise.all([
      DataService.saveSplits(user, id, parts),
      DataService.saveSplits(user, id, halves)
    ])
    const rows = await list(user)
    expect([2, 3]).toContain(rows.length)
    expect(rows.reduce((total, { amount }) => total + amount.minor, 0n)).toBe(-1_250n)
  })
})
