import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorResponse } from '@/app/_lib/errors/error-response'
import { GET } from '@/app/api/health/ready/route'
import { systemActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import { IntegrationError, type IntegrationErrorInit, RequestError } from '@/lib/platform/errors'
import { checkStorage } from '@/lib/services/data'
import { execute, transaction } from '@/lib/services/data/sql/query'
import { resetSingletons, withEnvironment } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { openDatabase } from '@/xata/client'
import { openTcp } from '@/xata/drivers/tcp'

const system = systemActor('test')
let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

describe('database errors', () => {
  test('two changes in a deadlock both complete', async () => {
    await storage.rows(
      `insert into rate_limits (key, window_started_at, taken) values ('a', now(), 0), ('b', now(), 0)`
    )
    const take = (key: string) => sql`update rate_limits set taken = taken + 1 where key = ${key}`
    const pause = sql`select pg_sleep(0.2)`
    await Promise.all([
      transaction(system, [take('a'), pause, take('b')]),
      transaction(system, [take('b'), pause, take('a')])
    ])
    expect(await storage.rows(`select key, taken from rate_limits order by key`)).toEqual([
      { key: 'a', taken: 2 },
      { key: 'b', taken: 2 }
    ])
  })

  test('a refused statement is our bug and exposes no data', async () => {
    const failed = await execute(system, sql`select ${'secret-value'}::int`).catch(
      (error: unknown) => error
    )
    expect(failed).toBeInstanceOf(IntegrationError)
    expect(failed).toMatchObject({
      service: 'xata',
      code: '22P02',
      retryable: false,
      outage: false
    })
    expect(`${(failed as Error).stack} ${JSON.stringify(failed)}`).not.toContain('secret-value')
  })

  test('a refused statement is reported with its text and column in development and tests, and by kind and table in production', async () => {
    const logged = captureLogs()
    const refusal = (statement: SQL) =>
      execute(system, statement).then(
        () => expect.fail('it ran'),
        (error: Error) => error.message
      )
    const wrong = () => refusal(sql`update rules set no_such_column = ${'secret-value'}`)
    expect(await wrong()).toContain(
      'column "no_such_column" of relation "rules" does not exist in update rules set no_such_column = $1'
    )
    expect(await withEnvironment({ NODE_ENV: 'production' }, wrong)).toBe(
      'xata answered 42703: update rules'
    )
    expect(await refusal(sql`insert into rate_limits (key) values (null)`)).toContain(
      'table rate_limits, column'
    )
    resetSingletons('log')
    expect(logged().match(/storage\.refused/g)).toHaveLength(3)
    expect(logged()).toContain('"query":"update rules"')
    expect(logged()).not.toContain('secret-value')
  })

  test('an error in this program is not reported as the storage’s', async () => {
    const broken = { getSQL: () => missingFunction() }
    const missingFunction = undefined as unknown as () => never
    const thrown = await execute(system, broken).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(TypeError)
    const logged = captureLogs()
    const { status } = errorResponse(thrown, new Request('http://localhost/api/v1/accounts'))
    resetSingletons('log')
    expect(status).toBe(500)
    expect(logged()).toContain('"fault":"TypeError"')
  })

  test('an unreachable storage is a transient outage, and the health check reports it', async () => {
    expect(await checkStorage()).toBe('up')
    const before = storage.anotherProcess()
    const key = Symbol.for('pangea.database')
    Reflect.set(globalThis, key, openDatabase(openTcp('postgresql://u:p@127.0.0.1:1/none')))
    await expect(execute(system, sql`select 1`)).rejects.toMatchObject({
      service: 'xata',
      code: 'UNREACHABLE',
      retryable: true,
      outage: true
    })
    expect(await checkStorage()).toBe('down')
    expect((await ready()).status).toBe(503)
    Reflect.set(globalThis, key, before)
    expect(await checkStorage()).toBe('up')
  })

  test('a read-only server is an outage, and not ready', async () => {
    await setReadOnly(true)
    const before = storage.anotherProcess()
    await expect(execute(system, sql`delete from rate_limits`)).rejects.toMatchObject({
      code: '25006',
      retryable: true,
      outage: true
    })
    const answer = await ready()
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { ok: false, storage: 'read_only' }
    ])
    await setReadOnly(false)
    await storage.anotherProcess().close()
    await before.close()
    expect((await ready()).status).toBe(200)
  })

  test('a cancelled statement or a lock timeout is retryable', async ({ skip }) => {
    // PGlite has one session and no timers.
    if (!storage.onServer) skip()
    const within = (name: string) => sql`select set_config(${name}, '50', true)`
    await expect(
      transaction(system, [within('statement_timeout'), sql`select pg_sleep(5)`])
    ).rejects.toMatchObject({ code: '57014', retryable: true, outage: false })
    await storage.rows('begin; lock table rate_limits in access exclusive mode')
    await expect(
      transaction(system, [within('lock_timeout'), sql`delete from rate_limits`])
    ).rejects.toMatchObject({ code: '55P03', retryable: true, outage: false })
    expect(await checkStorage()).toBe('waiting')
    await storage.rows('rollback')
    expect(await checkStorage()).toBe('up')
  })

  test('a server without a free connection is an outage, and not ready', async ({ skip }) => {
    if (!storage.onServer) skip()
    const name = new URL(storage.databaseUrl).pathname.slice(1)
    // The tests' superuser bypasses the connection limit.
    await storage.rows(
      `create role limited_${name} login connection limit 0; grant all on rate_limits to limited_${name}`
    )
    const before = storage.anotherProcess()
    const url = new URL(storage.databaseUrl)
    url.username = `limited_${name}`
    Reflect.set(globalThis, Symbol.for('pangea.database'), openDatabase(openTcp(url.toString())))
    await expect(execute(system, sql`select 1`)).rejects.toMatchObject({
      code: '53300',
      retryable: true,
      outage: true
    })
    expect((await ready()).status).toBe(503)
    Reflect.set(globalThis, Symbol.for('pangea.database'), before)
    await storage.rows(`drop owned by limited_${name}; drop role limited_${name}`)
  })
})

describe('an error during a request', () => {
  const answered = async (fault: IntegrationErrorInit) => {
    const logged = captureLogs()
    const answer = errorResponse(
      new IntegrationError(fault),
      new Request('http://localhost/api/v1/accounts?secret=1')
    )
    resetSingletons('log')
    return [answer.status, JSON.parse(logged()) as object]
  }
  const about = { path: '/api/v1/accounts', method: 'GET', reference: expect.any(String) }

  test('is a 503 and a log line when a vendor or the storage is down', async () => {
    expect(
      await answered({
        service: 'plaid',
        code: 'TIMEOUT',
        retryable: true,
        outage: true,
        requestId: 'req-1'
      })
    ).toEqual([
      503,
      expect.objectContaining({
        ...about,
        msg: 'request.unavailable',
        service: 'plaid',
        code: 'TIMEOUT',
        vendorRequestId: 'req-1'
      })
    ])
    expect(await answered({ service: 'xata', code: '57014', retryable: true })).toMatchObject([
      503,
      { msg: 'request.unavailable', code: '57014' }
    ])
  })

  test('is a 500 when the storage refuses our statement', async () => {
    expect(await answered({ service: 'xata', code: '23502', retryable: false })).toMatchObject([
      500,
      { ...about, msg: 'request.failed', code: '23502' }
    ])
  })
})

describe('a refused request', () => {
  const refused = (error: RequestError) => {
    const logged = captureLogs()
    const answer = errorResponse(error, new Request('http://localhost/api/v1/accounts?secret=1'))
    Reflect.deleteProperty(globalThis, Symbol.for('pangea.log'))
    return { answer, line: logged() }
  }

  test('is one log line with its code, route and reference, and without its contents', async () => {
    const { answer, line } = refused(
      new RequestError('invalid', 'The name Ada is taken.', { fields: { name: 'Not Ada.' } })
    )
    const { error } = (await answer.json()) as { error: { reference: string } }
    expect(JSON.parse(line)).toMatchObject({
      msg: 'request.refused',
      path: '/api/v1/accounts',
      method: 'GET',
      status: 422,
      code: 'invalid',
      reference: error.reference
    })
    expect(line).not.toMatch(/Ada|secret/)
  })

  test('is one security event where the visitor is signed out', () => {
    const { line } = refused(new RequestError('unauthenticated', 'Sign in to continue.'))
    expect(
      line
        .trim()
        .split('\n')
        .map((each) => JSON.parse(each))
    ).toEqual([expect.objectContaining({ msg: 'security', 'event.action': 'session-refused' })])
    expect(line).not.toContain('secret')
  })
})

const ready = () =>
  GET(
    new Request('http://localhost/api/health/ready', {
      headers: { authorization: `Bearer ${env().cronSecret}` }
    }),
    { params: Promise.resolve({}) }
  )

/** A server applies the setting to new connections, PGlite to its only session. */
function setReadOnly(on: boolean) {
  const setting = `default_transaction_read_only = ${on ? 'on' : 'off'}`
  const name = new URL(storage.databaseUrl).pathname.slice(1)
  return storage.rows(
    storage.onServer ? `alter database "${name}" set ${setting}` : `set ${setting}`
  )
}
