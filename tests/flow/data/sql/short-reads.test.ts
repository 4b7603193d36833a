import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { column, rowType, typed } from '@/lib/services/data/sql/row-type'
import { read, readOne } from '@/lib/services/data/sql/short-reads'
import { newUser } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { database } from '@/xata/client'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const NUMBER = rowType({ n: column.int4 })
const TEXT = rowType({ text: column.text })

/** How many transactions `run` sends. */
async function countTransactions(run: () => Promise<unknown>): Promise<number> {
  const sent = [vi.spyOn(database(), 'run'), vi.spyOn(database(), 'runAll')]
  await run()
  const count = sent.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
  for (const spy of sent) spy.mockRestore()
  return count
}

test('the reads that one user starts in a turn are one transaction', async () => {
  const user = await newUser()
  const reads = () =>
    Promise.all([
      DataService.getPreferences(user),
      DataService.countUnreadMessages(user),
      DataService.listAccounts(user),
      DataService.listOwnCategories(user)
    ])
  expect(await countTransactions(reads)).toBe(1)
  expect(await reads()).toMatchObject([{ theme: 'system' }, 0, [], []])
})

test('reads of different users are never sent together', async () => {
  const users = [await newUser(), await newUser()]
  const scope = (user: UserActor) =>
    readOne(user, typed(TEXT, sql`select current_setting('app.user_id') as text`))
  const reads = () => Promise.all(users.map(scope))
  expect(await countTransactions(reads)).toBe(2)
  expect(await reads()).toEqual(users.map(({ userId }) => ({ text: userId })))
})

test('a read that fails does not fail the others of its turn', async () => {
  const user = await newUser()
  const divide = (by: number) => read(user, typed(NUMBER, sql`select 4 / ${by}::int as n`))
  expect(await Promise.allSettled([divide(2), divide(0), divide(4)])).toMatchObject([
    { status: 'fulfilled', value: [{ n: 2 }] },
    { status: 'rejected', reason: { service: 'xata', code: '22012' } },
    { status: 'fulfilled', value: [{ n: 1 }] }
  ])
})

test('more reads than a transaction may send all get their rows', async () => {
  const user = await newUser()
  const numbers = Array.from({ length: 120 }, (_, n) => n)
  const reads = numbers.map((n) => readOne(user, typed(NUMBER, sql`select ${n}::int as n`)))
  expect(await Promise.all(reads)).toEqual(numbers.map((n) => ({ n })))
})
