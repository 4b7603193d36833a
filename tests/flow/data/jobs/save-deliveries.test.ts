/** Webhooks that arrive at once: few statements, and each has its own answer. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as DataService from '@/lib/services/data'
import { resetSingletons } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { onStatement } from '@/xata/client'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())
beforeEach(async () => {
  await storage.rows('delete from webhook_deliveries')
})

const save = (dedupeKey: string = randomUUID()) =>
  DataService.saveDelivery({
    vendor: 'plaid',
    dedupeKey,
    webhook: { type: 'T', code: 'C', vendorObjectId: 'item', effects: [] },
    bodyHash: 'hash'
  })
const keys = async () =>
  (
    await storage.rows<{ key: string }>(
      'select dedupe_key as key from webhook_deliveries order by dedupe_key'
    )
  ).map(({ key }) => key)

async function countStatements(run: () => Promise<unknown>): Promise<number> {
  let sent = 0
  const stop = onStatement(() => sent++)
  await run().finally(stop)
  return sent
}

test('a webhook is stored by one statement, and so is its repeat', async () => {
  expect(await countStatements(() => save('one'))).toBe(1)
  expect(await countStatements(() => save('one'))).toBe(1)
  expect(await keys()).toEqual(['one'])
})

test('fifty at once are stored by a few statements, and each is stored when it is answered', async () => {
  const names = Array.from({ length: 50 }, (_, n) => `${100 + n}`)
  const stored: string[] = []
  const sent = await countStatements(() =>
    Promise.all(
      names.map(async (name) => {
        const { id } = await save(name)
        const rows = await storage.rows('select from webhook_deliveries where id = $1', [id])
        if (rows.length === 1) stored.push(name)
      })
    )
  )
  expect(stored.toSorted()).toEqual(names)
  expect(sent).toBeLessThanOrEqual(4)
})

test('one that the storage refuses does not fail those that arrived with it', async () => {
  captureLogs()
  const names = ['first', 'second', 'third', 'fourth', 'fifth', 'with a \u0000']
  const answers = await Promise.allSettled(names.map((name) => save(name)))
  resetSingletons('log')
  expect(answers.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 5 }, () => 'fulfilled'),
    'rejected'
  ])
  expect(await keys()).toEqual(['fifth', 'first', 'fourth', 'second', 'third'])
})

test('without a database none is acknowledged', async () => {
  const before = storage.anotherProcess()
  await before.close()
  const { DATABASE_URL, XATA_GATEWAY_URL } = process.env
  process.env.DATABASE_URL = 'postgresql://postgres:postgres@127.0.0.1:1/postgres'
  // The one of the two that is in use.
  if (XATA_GATEWAY_URL) process.env.XATA_GATEWAY_URL = 'http://127.0.0.1:1'
  resetSingletons('env', 'database')
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => save()))
  Object.assign(process.env, { DATABASE_URL, XATA_GATEWAY_URL })
  resetSingletons('env', 'database')
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'rejected'))
  expect(await keys()).toEqual([])
  expect(await save('after')).toMatchObject({ stored: true })
})
