import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { cachedReport } from '@/lib/services/data/reports/report-cache'
import { resetSingletons } from '@/tests/support/environment'
import { account, newUser, transaction, userWith } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { onStatement } from '@/xata/client'

const TODAY = '2026-03-21'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())
beforeEach(() => resetSingletons('reports'))

const withRent = () =>
  userWith(
    storage,
    [account('checking')],
    ['2026-01-01', '2026-02-01', '2026-03-01'].map((date) =>
      transaction(`rent ${date}`, { merchantName: 'Elm Court', date, categoryPrimary: 'RENT' })
    )
  )

async function countStatements(run: () => Promise<unknown>): Promise<number> {
  let statements = 0
  const stop = onStatement(() => statements++)
  await run().finally(stop)
  return statements
}

describe('recurring payments', () => {
  test('are read once, until the user’s rows change', async () => {
    const user = await withRent()
    const read = () => DataService.listRecurring(user, TODAY)
    expect(await read()).toMatchObject([{ name: 'Elm Court', category: 'RENT' }])
    expect(await countStatements(read)).toBe(1)
    const change = { category: 'MEDICAL' }
    await DataService.saveEdit(user, { filter: {} }, { change, changeId: randomUUID() })
    expect(await read()).toMatchObject([{ name: 'Elm Court', category: 'MEDICAL' }])
  })

  test('are read again on another day, and each user has their own', async () => {
    const user = await withRent()
    await DataService.listRecurring(user, TODAY)
    expect(await DataService.listRecurring(user, '2027-03-21')).toEqual([])
    expect(await DataService.listRecurring(await newUser(), TODAY)).toEqual([])
  })
})

describe('a cached report', () => {
  test('is computed once for requests at the same time', async () => {
    const user = await newUser()
    let computed = 0
    const read = () => cachedReport(user, ['test'], async () => ++computed)
    expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1])
  })

  test('is not kept if it failed', async () => {
    const user = await newUser()
    const failing = () => cachedReport(user, ['test'], () => Promise.reject(new Error('lost')))
    await expect(failing()).rejects.toThrow('lost')
    expect(await cachedReport(user, ['test'], async () => 'read')).toBe('read')
  })

  test('is dropped once 500 others were used more recently', async () => {
    const user = await newUser()
    const read = async (owner: UserActor, value: string) =>
      cachedReport(owner, ['test'], async () => value)
    await read(user, 'first')
    for (let n = 0; n < 499; n++) await read({ ...user, userId: `user_${n}` }, 'other')
    expect(await read(user, 'second')).toBe('first')
    for (let n = 500; n < 1_000; n++) await read({ ...user, userId: `user_${n}` }, 'other')
    expect(await read(user, 'third')).toBe('third')
  })
})
