import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TransactionEditInput } from '@/lib/api/transaction-edits'
import {
  columnOf,
  EDITABLE_COLUMNS,
  EDITABLE_FIELDS,
  type EditableField,
  SINGLE_FIELDS,
  type TransactionEdit
} from '@/lib/domain/transactions/edits'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import {
  auditActionsOf,
  connect,
  newUser,
  page,
  sync,
  transaction,
  usd,
  userVersionOf
} from '@/tests/support/data-fixtures'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

async function withRows(...rows: ReturnType<typeof transaction>[]) {
  const user = await newUser()
  const connectionId = await connect(user)
  await sync(storage, connectionId, [page({ added: rows })])
  return { user, connectionId }
}
const list = async (user: UserActor) =>
  (await DataService.listTransactions(user, { limit: 200 })).items
const idOf = async (user: UserActor, name: string) =>
  (await list(user)).find((row) => row.name === name)?.id ?? ''
const edit = (
  user: UserActor,
  ids: string[],
  change: TransactionEdit,
  changeId: string = randomUUID()
) => DataService.saveEdit(user, { ids }, { change, changeId })

describe('an edit', () => {
  test('appears in every list, and survives when the bank settles and changes the transaction', async () => {
    const { user, connectionId } = await withRows(
      transaction('held', { name: 'SQ *ROAST', pending: true, merchantName: 'Roast' })
    )
    const id = await idOf(user, 'SQ *ROAST')
    await edit(user, [id], {
      category: 'TRAVEL',
      merchant: 'Corner ☕ Roast',
      note: 'with Ada',
      tags: ['trip', 'Lisbon']
    })
    await sync(storage, connectionId, [
      page({
        added: [
          transaction('booked', {
            name: 'ROAST 123',
            pendingTransactionId: 'held',
            amount: usd(-1_500n),
            categoryPrimary: 'MEDICAL'
          })
        ],
        removed: ['held']
      })
    ])
    expect(await list(user)).toMatchObject([
      {
        id,
        name: 'ROAST 123',
        amount: usd(-1_500n),
        pending: false,
        categoryPrimary: 'TRAVEL',
        categoryDetailed: null,
        merchantName: 'Corner ☕ Roast',
        note: 'with Ada',
        tags: ['Lisbon', 'trip']
      }
    ])
    expect(await DataService.getSources(user, id)).toMatchObject({
      bank: { category: 'MEDICAL', merchant: null },
      own: { category: 'TRAVEL' }
    })
    expect(await auditActionsOf(storage, user)).toContain('transactions.edited')
  })

  test('changes only its own fields, so that two tabs do not overwrite each other, and null restores the bank’s value', async () => {
    const { user } = await withRows(transaction('a'))
    const id = await idOf(user, 'Payment a')
    await Promise.all([
      edit(user, [id], { note: 'one window' }),
      edit(user, [id], { category: 'TRAVEL' })
    ])
    expect(await list(user)).toMatchObject([{ note: 'one window', categoryPrimary: 'TRAVEL' }])
    await edit(user, [id], { category: null })
    expect(await list(user)).toMatchObject([
      {
        note: 'one window',
        categoryPrimary: 'FOOD_AND_DRINK',
        categoryDetailed: 'FOOD_AND_DRINK_COFFEE'
      }
    ])
  })

  test('can exclude a transaction from every figure, and remove its category', async () => {
    const { user } = await withRows(transaction('a'), transaction('b'))
    await edit(user, [await idOf(user, 'Payment a')], { excluded: true })
    await edit(user, [await idOf(user, 'Payment b')], { category: 'UNCATEGORIZED' })
    const [flow] = await DataService.getCashFlow(user, ['2026-03'])
    expect(flow?.months).toEqual([{ month: '2026-03', in: 0n, out: 1_250n, net: -1_250n }])
    expect(
      (await DataService.listTransactions(user, { kind: 'excluded', limit: 9 })).items.map(
        ({ name }) => name
      )
    ).toEqual(['Payment a'])
    expect(
      (await DataService.listTransactions(user, { category: 'UNCATEGORIZED', limit: 9 })).items.map(
        ({ name }) => name
      )
    ).toEqual(['Payment b'])
  })

  test('is found by its name, note and tags', async () => {
    const { user } = await withRows(transaction('a'), transaction('b'))
    await edit(user, [await idOf(user, 'Payment a')], {
      merchant: 'Elm Court',
      note: '100% deductible',
      tags: ['tax "26"']
    })
    for (const q of ['elm court', '100%', 'tax "26"'])
      expect(
        (await DataService.listTransactions(user, { q, limit: 9 })).items.map(({ name }) => name),
        q
      ).toEqual(['Payment a'])
    expect(
      (await DataService.listTransactions(user, { tag: 'tax "26"', limit: 9 })).items
    ).toHaveLength(1)
    expect(
      (await DataService.listTransactions(user, { merchant: 'ELM COURT', limit: 9 })).items
    ).toHaveLength(1)
    expect(await DataService.listTags(user)).toEqual(['tax "26"'])
  })

  test("cannot change another user's transaction", async () => {
    const { user } = await withRows(transaction('a'))
    const id = await idOf(user, 'Payment a')
    const otherUser = await newUser()
    const changeId = randomUUID()
    await edit(user, [id], { category: 'TRAVEL' }, changeId)
    expect(await edit(otherUser, [id, 'no uuid'], { category: 'MEDICAL' })).toBe(0)
    await expect(DataService.undoEdit(otherUser, changeId)).rejects.toMatchObject({
      code: 'not_found'
    })
    await expect(DataService.saveSplits(otherUser, id, [])).rejects.toMatchObject({
      code: 'not_found'
    })
    await expect(DataService.getTransaction(otherUser, id)).rejects.toMatchObject({
      code: 'not_found'
    })
    await expect(DataService.getSources(otherUser, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await list(user)).toMatchObject([{ categoryPrimary: 'TRAVEL' }])
    expect(await DataService.listTags(otherUser)).toEqual([])
  })
})

describe('each editable column', () => {
  const SAMPLES = {
    category: ['TRAVEL', 'MEDICAL'],
    text: ['first text', 'second text'],
    flag: [true, false],
    tags: [['trip'], ['Lisbon', 'work']]
  } as const
  const storedIn = async (user: UserActor, id: string, field: EditableField) => {
    const { own } = await DataService.getSources(user, id)
    const [row] = await DataService.getTransaction(user, id)
    return { ...own, tags: row?.tags }[field]
  }

  test.each(EDITABLE_FIELDS)(
    '%s is accepted, stored, listed and undone, and no other column changes',
    async (field) => {
      const { user } = await withRows(transaction('a'))
      const id = await idOf(user, 'Payment a')
      const { kind, inList } = columnOf(field)
      const empty = await storedIn(user, id, field)
      const seen = []
      for (const sample of SAMPLES[kind]) {
        const others = await DataService.getSources(user, id)
        const changeId = randomUUID()
        await edit(user, [id], TransactionEditInput.parse({ [field]: sample }), changeId)
        expect(await storedIn(user, id, field)).toEqual(sample)
        if (inList) expect((await list(user))[0]).toMatchObject({ [field]: sample })
        for (const other of SINGLE_FIELDS.filter((name) => name !== field))
          expect(await storedIn(user, id, other)).toEqual(others.own[other])
        seen.push(changeId)
      }
      await DataService.undoEdit(user, seen[1] ?? '')
      expect(await storedIn(user, id, field)).toEqual(SAMPLES[kind][0])
      const changeId = randomUUID()
      const cleared = kind === 'tags' ? [] : null
      await edit(user, [id], TransactionEditInput.parse({ [field]: cleared }), changeId)
      expect(await storedIn(user, id, field)).toEqual(empty)
      await DataService.undoEdit(user, changeId)
      expect(await storedIn(user, id, field)).toEqual(SAMPLES[kind][0])
    }
  )

  test('is empty again after the first edit of a transaction is undone', async () => {
    const { user } = await withRows(transaction('a'))
    const id = await idOf(user, 'Payment a')
    const changeId = randomUUID()
    const all = Object.fromEntries(
      EDITABLE_FIELDS.map((field) => [field, SAMPLES[EDITABLE_COLUMNS[field].kind][0]])
    )
    await edit(user, [id], TransactionEditInput.parse(all), changeId)
    await DataService.undoEdit(user, changeId)
    for (const field of EDITABLE_FIELDS)
      expect(await storedIn(user, id, field), field).toEqual(field === 'tags' ? [] : null)
  })

  test('a field that has no column is an error and not a success that stores nothing', async () => {
    const { user } = await withRows(transaction('a'))
    const id = await idOf(user, 'Payment a')
    const reviewed = { reviewed: true } as TransactionEdit
    await expect(edit(user, [id], reviewed)).rejects.toThrow('No column stores reviewed')
  })
})

describe('bulk edits', () => {
  const rows = ['a', 'b', 'c', 'd'].map((id) =>
    transaction(id, { categoryPrimary: id === 'd' ? 'TRAVEL' : 'MEDICAL' })
  )

  test('change every row of a filter except deselected ones, and are undone together', async () => {
    const { user } = await withRows(...rows)
    await edit(user, [await idOf(user, 'Payment a')], { note: 'kept', tags: ['old'] })
    const changeId = randomUUID()
    const before = await userVersionOf(user)
    const chosen = { filter: { category: 'MEDICAL' }, except: [await idOf(user, 'Payment c')] }
    const change: TransactionEdit = {
      category: 'INCOME',
      addTags: ['new'],
      removeTags: ['old'],
      excluded: true
    }
    expect(await DataService.saveEdit(user, chosen, { change, changeId })).toBe(2)
    const categories = async () =>
      Object.fromEntries(
        (await list(user)).map(({ name, categoryPrimary }) => [name.slice(-1), categoryPrimary])
      )
    expect(await categories()).toEqual({ a: 'INCOME', b: 'INCOME', c: 'MEDICAL', d: 'TRAVEL' })
    expect(await userVersionOf(user)).toBe(before + 1)
    expect((await list(user)).find(({ name }) => name === 'Payment a')).toMatchObject({
      tags: ['new'],
      note: 'kept',
      excluded: true
    })

    expect(await DataService.undoEdit(user, changeId)).toBe(2)
    expect(await categories()).toEqual({ a: 'MEDICAL', b: 'MEDICAL', c: 'MEDICAL', d: 'TRAVEL' })
    expect((await list(user)).find(({ name }) => name === 'Payment a')).toMatchObject({
      tags: ['old'],
      note: 'kept',
      excluded: false
    })
    await expect(DataService.undoEdit(user, changeId)).rejects.toMatchObject({
      code: 'not_found'
    })
    expect((await auditActionsOf(storage, user)).slice(-2)).toEqual([
      'transactions.edited',
      'transactions.edit_undone'
    ])
  })

  test('sent twice are undone to the values before the first time', async () => {
    const { user } = await withRows(...rows)
    const changeId = randomUUID()
    for (let n = 0; n < 2; n++)
      await DataService.saveEdit(user, { filter: {} }, { change: { category: 'INCOME' }, changeId })
    expect(await DataService.undoEdit(user, changeId)).toBe(4)
    expect(
      (await list(user)).filter(({ categoryPrimary }) => categoryPrimary === 'MEDICAL')
    ).toHaveLength(3)
  })

  test('are not undone for rows that changed since', async () => {
    const { user } = await withRows(...rows)
    const changeId = randomUUID()
    await DataService.saveEdit(user, { filter: {} }, { change: { category: 'INCOME' }, changeId })
    await edit(user, [await idOf(user, 'Payment a')], { category: 'TRAVEL' })
    expect(await DataService.undoEdit(user, changeId)).toBe(3)
    expect((await list(user)).find(({ name }) => name === 'Payment a')).toMatchObject({
      categoryPrimary: 'TRAVEL'
    })
  })
})

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
