import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TransactionEdit } from '@/lib/domain/transactions/edits'
import * as DataService from '@/lib/services/data'
import { auditActionsOf, transaction, userVersionOf } from '@/tests/support/fixtures/data'
import { editHelpers } from '@/tests/support/steps/edited-rows'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const { withRows, list, idOf, edit } = editHelpers(() => storage)

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
