import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IntegrationError } from '@/lib/platform/errors'
import { pingStorage } from '@/lib/services/data'
import { atomic, rows } from '@/lib/services/data/storage'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { openDatabase } from '@/xata/client'
import { openTcp } from '@/xata/tcp'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

describe('faults', () => {
  test('two changes that lock each other out both get done', async () => {
    await storage.rows(`insert into rate_limits (key, window_started_at, taken) values ('a', now(), 0), ('b', now(), 0)`)
    const take = (key: string) => sql`update rate_limits set taken = taken + 1 where key = ${key}`
    const pause = sql`select pg_sleep(0.2)`
    await Promise.all([atomic([take('a'), pause, take('b')]), atomic([take('b'), pause, take('a')])])
    expect(await storage.rows(`select key, taken from rate_limits order by key`)).toEqual([
      { key: 'a', taken: 2 },
      { key: 'b', taken: 2 }
    ])
  })

  test('a refused statement is ours to mend and tells nothing of the data', async () => {
    const failed = await rows(sql`select ${'secret-value'}::int`).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(IntegrationError)
    expect(failed).toMatchObject({ service: 'xata', code: '22P02', retryable: false, outage: false })
    expect(`${(failed as Error).stack} ${JSON.stringify(failed)}`).not.toContain('secret-value')
  })

  test('a storage that is gone is an outage that may pass, and the health check says so', async () => {
    expect(await pingStorage()).toBe(true)
    const before = storage.anotherProcess()
    const key = Symbol.for('pangea.database')
    Reflect.set(globalThis, key, openDatabase(openTcp('postgresql://u:p@127.0.0.1:1/none')))
    await expect(rows(sql`select 1`)).rejects.toMatchObject({ service: 'xata', code: 'UNREACHABLE', retryable: true, outage: true })
    expect(await pingStorage()).toBe(false)
    Reflect.set(globalThis, key, before)
    expect(await pingStorage()).toBe(true)
  })
})
