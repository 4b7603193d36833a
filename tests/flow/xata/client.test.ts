import { eq, sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGateway } from '@/sandbox/xata/gateway'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { type Database, database, openDatabase } from '@/xata/client'
import { openHttp } from '@/xata/drivers/http'
import { openTcp } from '@/xata/drivers/tcp'
import { MIGRATION_LOCK, migrate } from '@/xata/migrate'
import { users } from '@/xata/schema'

let storage: TestStorage
const opened: { name: string; db: Database }[] = []
const closing: (() => Promise<void>)[] = []
beforeAll(async () => {
  storage = await openTestStorage()
  const gateway = await startGateway({ port: 0, databaseUrl: storage.databaseUrl })
  opened.push(
    { name: 'tcp', db: openDatabase(openTcp(storage.databaseUrl)) },
    { name: 'http', db: openDatabase(openHttp(storage.databaseUrl, gateway.url)) }
  )
  closing.push(
    () => gateway.close(),
    ...opened.map(
      ({ db }) =>
        () =>
          db.close()
    )
  )
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
  await storage.close()
})
const both = async <T>(run: (db: Database) => Promise<T>): Promise<T> => {
  const [tcp, http] = await Promise.all(opened.map(({ db }) => run(db)))
  expect(http).toEqual(tcp)
  return tcp as T
}

describe('rows', () => {
  test('every kind of value is the same over either transport', async () => {
    const [row] = await both((db) =>
      db.query(sql`select 9223372036854775807::int8 as big, 7::int4 as small, 1.5::float8 as half, 12.30::numeric as exact, true as yes, null as nothing,
        '2026-03-29'::date as day, '2026-03-29 01:30:00.123+02'::timestamptz as at, ${JSON.stringify({ a: ['ü', 1, null] })}::jsonb as tree, 'text' as text,
        ${'0b7b1c1e-6a4c-4b64-8f3f-1f6a8d1c2b3a'}::uuid as id`)
    )
    expect(row).toEqual({
      big: 9223372036854775807n,
      small: 7,
      half: 1.5,
      exact: '12.30',
      yes: true,
      nothing: null,
      day: '2026-03-29',
      at: '2026-03-28T23:30:00.123Z',
      tree: { a: ['ü', 1, null] },
      text: 'text',
      id: '0b7b1c1e-6a4c-4b64-8f3f-1f6a8d1c2b3a'
    })
  })

  test('over the gateway they are the same whatever DateStyle and TimeZone the database has', async () => {
    const { pathname } = new URL(storage.databaseUrl)
    // PGlite's clients share one session.
    const scope = storage.onServer ? `alter database "${pathname.slice(1)}" set` : 'set'
    const set = async (dateStyle: string, timeZone: string) => {
      await storage.rows(`${scope} datestyle to ${dateStyle}`)
      await storage.rows(`${scope} timezone to ${timeZone}`)
    }
    await set("'German'", "'Asia/Kathmandu'")
    const gateway = await startGateway({ port: 0, databaseUrl: storage.databaseUrl })
    const db = openDatabase(openHttp(storage.databaseUrl, gateway.url))
    try {
      const values = sql`select '2026-03-29'::date as day, '2026-03-29 01:30:00.123+02'::timestamptz as at`
      const expected = [{ day: '2026-03-29', at: '2026-03-28T23:30:00.123Z' }]
      expect([await db.query(values), await db.transaction([values, values])]).toEqual([
        expected,
        [expected, expected]
      ])
    } finally {
      await set('default', 'default')
      await gateway.close()
    }
  })

  test('parameters keep their exact value', async () => {
    const given = sql`select ${9007199254740993n}::int8 as big, ${-0.5}::float8 as half, ${false}::boolean as no, ${null}::text as nothing,
      ${"'; drop table users; --"}::text as text, ${{ deep: ['"', '\\'] }}::jsonb as tree, ${new Date('2026-01-02T03:04:05.678Z')}::timestamptz as at`
    expect(await both((db) => db.query(given))).toEqual([
      {
        big: 9007199254740993n,
        half: -0.5,
        no: false,
        nothing: null,
        text: "'; drop table users; --",
        tree: { deep: ['"', '\\'] },
        at: '2026-01-02T03:04:05.678Z'
      }
    ])
  })

  test("Drizzle's query builder reads the same", async () => {
    await storage.rows(
      `insert into users (id, email, created_at) values ('builder', 'b@example.com', '2026-01-02T03:04:05Z')`
    )
    const query = (db: Database) =>
      db
        .orm('every_user')
        .select({ id: users.id, email: users.email, createdAt: users.createdAt })
        .from(users)
        .where(eq(users.id, 'builder'))
    expect(await both(query)).toEqual([
      { id: 'builder', email: 'b@example.com', createdAt: '2026-01-02T03:04:05.000Z' }
    ])
  })

  test('a refused statement returns its SQLSTATE and no data', async () => {
    for (const { db } of opened) {
      const failed = await db
        .query(sql`select ${'secret-value'}::int`)
        .catch((error: unknown) => error)
      expect(failed).toMatchObject({ code: '22P02' })
      expect(`${failed} ${JSON.stringify(failed)} ${(failed as Error).cause}`).not.toContain(
        'secret-value'
      )
    }
  })
})

describe('atomic', () => {
  test('commits everything in order, or nothing', async () => {
    for (const { name, db } of opened) {
      const insert = (id: string) =>
        sql`insert into users (id) values (${`${name}-${id}`}) returning id`
      const count = sql`select count(*)::int as n from users where id like ${`${name}-%`}`
      expect(await db.transaction([insert('a'), count, insert('b')])).toEqual([
        [{ id: `${name}-a` }],
        [{ n: 1 }],
        [{ id: `${name}-b` }]
      ])
      await expect(db.transaction([insert('c'), insert('a'), insert('d')])).rejects.toMatchObject({
        code: '23505'
      })
      expect(await db.query(count)).toEqual([{ n: 2 }])
    }
  })
})

describe('an unreachable storage', () => {
  test('is UNREACHABLE over either transport, and the next statement works once it is back', async () => {
    const gone = [
      openDatabase(openTcp('postgresql://u:p@127.0.0.1:1/none')),
      openDatabase(openHttp('postgresql://u:p@127.0.0.1:1/none', 'http://127.0.0.1:1'))
    ]
    for (const db of gone) {
      await expect(db.query(sql`select 1`)).rejects.toMatchObject({ code: 'UNREACHABLE' })
      await expect(db.transaction([sql`select 1`])).rejects.toMatchObject({ code: 'UNREACHABLE' })
      await db.close()
    }
  })

  test('idle connections closed by the server do not end the process', async ({ skip }) => {
    if (!storage.onServer) skip()
    const db = openDatabase(openTcp(storage.databaseUrl))
    await Promise.all([1, 2, 3].map(() => db.query(sql`select pg_sleep(0.05)`)))
    await storage.rows(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'
    )
    await expect
      .poll(() => db.query(sql`select 1 as one`).catch(() => null), { timeout: 5_000 })
      .toEqual([{ one: 1 }])
    await db.close()
  })
})

test('the process has one database for all callers', () => {
  expect(database()).toBe(database())
})

describe('migrate', () => {
  const empty = async () => {
    for (const statement of [
      'drop schema public cascade',
      'drop schema if exists drizzle cascade',
      'create schema public'
    ])
      await storage.rows(statement)
  }
  const count = async () =>
    (
      await storage.rows<{ n: number }>(
        'select count(*)::int as n from drizzle.__drizzle_migrations'
      )
    )[0]?.n ?? 0

  test('applies everything to an empty database once, however many processes start at once', async () => {
    await empty()
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(storage.databaseUrl)))
    expect(await count()).toBeGreaterThanOrEqual(1)
    expect(applied.reduce((sum, n) => sum + n, 0)).toBe(await count())
    expect(await migrate(storage.databaseUrl)).toBe(0)
    expect(await storage.rows('select 1 from plaid_api_events')).toEqual([])
  })

  test('names `npm run reset` for a database from before the migrations were replaced, and changes nothing in it', async () => {
    await empty()
    for (const statement of [
      'create schema drizzle',
      'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
      "insert into drizzle.__drizzle_migrations (hash, created_at) values ('0015', 1795852385938)",
      'create table users (id text primary key)'
    ])
      await storage.rows(statement)
    await expect(migrate(storage.databaseUrl)).rejects.toMatchObject({
      code: 'OUTDATED',
      message: expect.stringContaining('npm run reset')
    })
    expect(await count()).toBe(1)
  })

  test('works through the gateway too', async () => {
    await empty()
    const gateway = await startGateway({ port: 0, databaseUrl: storage.databaseUrl })
    closing.push(() => gateway.close())
    const overHttp = () => migrate(storage.databaseUrl, { over: 'http', gatewayUrl: gateway.url })
    expect(await overHttp()).toBe(await count())
    expect(await overHttp()).toBe(0)
    expect(await storage.rows('select 1 from plaid_api_events')).toEqual([])
  })

  test('waits for another migrating process, and logs that', async ({ skip }) => {
    // PGlite's clients share one session, which has every lock already.
    if (!storage.onServer) skip()
    await empty()
    const other = new pg.Client({ connectionString: storage.databaseUrl })
    await other.connect()
    await other.query('begin')
    await other.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    const lines: string[] = []
    const migrated = migrate(storage.databaseUrl, {
      report: (line) => lines.push(line),
      reportEveryMs: 50
    })
    await expect
      .poll(() => lines.at(-1))
      .toBe('0000_initial waits: another process is migrating this database')
    await other.query('commit')
    await other.end()
    expect(await migrated).toBe(await count())
  })
})
