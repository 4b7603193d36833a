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
  newUser,
  page,
  sync,
  transaction,
  usd
} from '@/tests/support/fixtures/data'
import { editHelpers } from '@/tests/support/steps/edited-rows'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const { withRows, list, idOf, edit } = editHelpers(() => storage)

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

  test('can have a category that the user named', async () => {
    const { user } = await withRows(transaction('a'), transaction('b'))
    await edit(user, [await idOf(user, 'Payment a')], { category: 'own:Kids' })
    const { items } = await DataService.listTransactions(user, { category: 'own:Kids', limit: 9 })
    expect(items).toMatchObject([{ name: 'Payment a', kind: 'spending' }])
    expect(await DataService.listOwnCategories(user)).toEqual(['own:Kids'])
    expect(await DataService.listOwnCategories(await newUser())).toEqual([])
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
    const unknown = { notAColumn: true } as TransactionEdit
    await expect(edit(user, [id], unknown)).rejects.toThrow('No column stores notAColumn')
  })
})
