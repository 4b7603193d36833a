/** Limits that the server enforces on the app's logins. */
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { errorResponse } from '@/app/_lib/errors/error-response'
import { systemActor } from '@/lib/domain/users/actor'
import { execute } from '@/lib/services/data/sql/query'
import { resetSingletons } from '@/tests/support/environment'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { openDatabase } from '@/xata/client'
import { openTcp } from '@/xata/drivers/tcp'
import { SESSION_SETTINGS, saveSessionSettings } from '@/xata/session-settings'

const POOL = 4
const OVER = { over: 'tcp', gatewayUrl: null } as const

describe.runIf(process.env.TEST_STORAGE === 'postgres')('a login with stored limits', () => {
  let storage: TestStorage
  let url: string
  let name: string
  const clients: pg.Client[] = []
  beforeAll(async () => {
    storage = await openTestStorage()
    const address = new URL(storage.databaseUrl)
    name = `limited_${address.pathname.slice(1)}`
    await storage.rows(`create role ${name} login password 'secret' in role pangea_worker`)
    await storage.rows(`insert into users (id, email) values ('alice', 'alice@example.com')`)
    address.username = name
    address.password = 'secret'
    url = address.toString()
  })
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.end().catch(() => {})))
    resetSingletons('database')
  })
  afterAll(() => storage.close())

  const connect = async (address = url) => {
    const client = new pg.Client({ connectionString: address })
    client.on('error', () => {})
    await client.connect()
    clients.push(client)
    return client
  }
  const backends = async () =>
    (
      await storage.rows<{ n: number }>(
        'select count(*)::int as n from pg_stat_activity where usename = $1',
        [name]
      )
    )[0]?.n ?? 0
  const replaceDatabase = (statementMs: number) =>
    Reflect.set(
      globalThis,
      Symbol.for('pangea.database'),
      openDatabase(openTcp(url, { statementMs, connections: POOL }))
    )

  test('has them in each new session, however often they are stored', async () => {
    for (let round = 0; round < 2; round++)
      await saveSessionSettings(url, SESSION_SETTINGS.pangea_app, OVER)
    const { rows } = await (await connect()).query(
      `select name, setting, unit from pg_settings where source = 'database user' order by name`
    )
    const inForce = Object.fromEntries(
      rows.map((row) => [row.name, row.setting + (row.unit ?? '')])
    )
    expect(inForce).toMatchObject({
      DateStyle: 'ISO, MDY',
      TimeZone: 'UTC',
      jit: 'off',
      work_mem: '16384kB',
      lock_timeout: '5000ms',
      idle_in_transaction_session_timeout: '10000ms',
      statement_timeout: '14000ms',
      client_connection_check_interval: '5000ms'
    })
    const others = await (await connect(storage.databaseUrl)).query('show lock_timeout')
    expect(others.rows).toEqual([{ lock_timeout: '0' }])
  })

  test('opens no more connections than its pool while a table is locked, and requests end with 503', async () => {
    await saveSessionSettings(url, { lock_timeout: '300ms' }, OVER)
    replaceDatabase(1_000)
    const locker = await connect(storage.databaseUrl)
    await locker.query('begin; lock table users in access exclusive mode')
    let most = 0
    const watching = setInterval(() => void backends().then((n) => (most = Math.max(most, n))), 50)
    const requests = Array.from({ length: POOL * 4 }, () =>
      execute(systemActor('test'), sql`select 1 from users`).catch((error: unknown) => error)
    )
    const failures = await Promise.all(requests)
    clearInterval(watching)
    const statuses = failures.map(
      (failure) => errorResponse(failure, new Request('http://localhost/api/v1/me')).status
    )
    expect(new Set(statuses)).toEqual(new Set([503]))
    expect(most).toBeGreaterThan(0)
    expect(Math.max(most, await backends())).toBeLessThanOrEqual(POOL)
  })

  test('does not keep its locks when its process is frozen inside a transaction', async () => {
    await saveSessionSettings(
      url,
      { lock_timeout: '5s', idle_in_transaction_session_timeout: '500ms' },
      OVER
    )
    const frozen = await connect()
    await frozen.query(
      `set role pangea_worker; begin; update users set email = 'frozen@example.com'`
    )
    replaceDatabase(10_000)
    await execute(systemActor('test'), sql`update users set email = 'next@example.com'`)
    expect(await storage.rows('select email from users')).toEqual([{ email: 'next@example.com' }])
    await expect(frozen.query('commit')).rejects.toThrow()
  })
})

test('limits can be stored on every storage, as each start does', async () => {
  const storage = await openTestStorage()
  await saveSessionSettings(storage.databaseUrl, SESSION_SETTINGS.pangea_worker, OVER)
  const stored = await storage.rows(
    `select 1 from pg_db_role_setting where 'lock_timeout=5s' = any(setconfig)`
  )
  expect(stored.length).toBeGreaterThan(0)
  await storage.close()
})
