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

const createAsset = (user: UserActor) =>
  DataService.createOwnAsset(user, {
    name: 'Car',
    kind: 'vehicle',
    currency: 'USD',
    value: { on: TODAY, minor: 900_000n }
  })

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

  test('is kept beside those of other parameters, until a change drops them all', async () => {
    const user = await newUser()
    let computed = 0
    const read = (...parameters: string[]) =>
      cachedReport(user, ['test', ...parameters], async () => ++computed)
    expect([await read('a', 'b'), await read('a b'), await read('a', 'b')]).toEqual([1, 2, 1])
    await createAsset(user)
    expect([await read('a', 'b'), await read('a b')]).toEqual([3, 4])
  })

  test('reads the version once for the reports of a page, and again for a later one', async () => {
    const user = await newUser()
    const read = (name: string) => cachedReport(user, [name], async () => name)
    expect(await countStatements(() => Promise.all(['a', 'b', 'c'].map(read)))).toBe(1)
    expect(await countStatements(() => Promise.all(['a', 'b', 'c'].map(read)))).toBe(1)
  })

  test('is computed again for a request after a change, also while the first is read', async () => {
    const user = await newUser()
    let value = 'old'
    const read = () => cachedReport(user, ['test'], async () => value)
    const before = read()
    await createAsset(user)
    value = 'new'
    expect(await read()).toBe('new')
    expect(['old', 'new']).toContain(await before)
  })

  const others = (count: number) =>
    Array.from({ length: count }, (_, n) => `user_${randomUUID()}_${n}`)
  const readFor = (user: UserActor, value: string) => (userId: string) =>
    cachedReport({ ...user, userId }, ['test'], async () => value)

  test('is dropped once 500 others were used more recently', async () => {
    const user = await newUser()
    const read = (value: string) => readFor(user, value)(user.userId)
    await read('first')
    await Promise.all(others(499).map(readFor(user, 'other')))
    expect(await read('second')).toBe('first')
    await Promise.all(others(500).map(readFor(user, 'other')))
    expect(await read('third')).toBe('third')
  }, 120_000)

  test('is dropped once those of others fill the memory for them', async () => {
    const user = await newUser()
    const read = (value: string) => readFor(user, value)(user.userId)
    await read('first')
    await Promise.all(others(30).map(readFor(user, 'x'.repeat(1024 * 1024))))
    expect(await read('second')).toBe('first')
    await Promise.all(others(33).map(readFor(user, 'x'.repeat(1024 * 1024))))
    expect(await read('third')).toBe('third')
  })

  test('is dropped once the user has asked for 24 others', async () => {
    const user = await newUser()
    const read = (name: string, value: string) => cachedReport(user, [name], async () => value)
    await read('test', 'first')
    for (let n = 0; n < 23; n++) await read(`other ${n}`, '')
    expect(await read('test', 'second')).toBe('first')
    for (let n = 23; n < 47; n++) await read(`other ${n}`, '')
    expect(await read('test', 'third')).toBe('third')
  })
})
