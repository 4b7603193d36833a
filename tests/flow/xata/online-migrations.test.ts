import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startGateway } from '@/sandbox/xata/gateway'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { buildIndexes } from '@/xata/concurrent-indexes'
import { MIGRATION_LOCK, migrate } from '@/xata/migrate'
import { readConcurrentIndexes, readMigrations } from '@/xata/migration-files'

let storage: TestStorage
let folder: string
beforeAll(async () => {
  storage = await openTestStorage()
  folder = mkdtempSync(join(tmpdir(), 'pangea-migrations-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await storage.close()
})

const TABLE = 'CREATE TABLE "notes" ("id" int PRIMARY KEY, "title" text);'
const INDEX = 'CREATE INDEX CONCURRENTLY "notes_title" ON "notes" USING btree ("title");'
const UNIQUE =
  'CREATE UNIQUE INDEX CONCURRENTLY "notes_title" ON "notes" USING btree ("title") WHERE title is not null;'

beforeEach(async () => {
  await storage.rows('drop table if exists notes')
  await storage.rows('drop schema if exists drizzle cascade')
})

/** Writes one migration per text. */
function write(...migrations: string[]): string {
  mkdirSync(join(folder, 'meta'), { recursive: true })
  const entries = migrations.map((_, index) => ({ tag: `000${index}_test`, when: index + 1 }))
  writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify({ entries }))
  for (const [index, text] of migrations.entries())
    writeFileSync(join(folder, `000${index}_test.sql`), text)
  return folder
}

const migrateTo = (...migrations: string[]) =>
  migrate(storage.databaseUrl, { folder: write(...migrations) })

/** null while there is no such index. */
const isValid = async (): Promise<boolean | null> =>
  (
    await storage.rows<{ valid: boolean }>(
      "select indisvalid as valid from pg_index where indexrelid = to_regclass('notes_title')"
    )
  )[0]?.valid ?? null

async function openClient(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: storage.databaseUrl })
  await client.connect()
  return client
}

test('a concurrent index is no part of its migration, and one that a later migration drops is not built', () => {
  write(`${TABLE}--> statement-breakpoint\n-- For search.\n${INDEX}`)
  expect(readMigrations(folder)[0]?.statements).toEqual([TABLE])
  expect(readConcurrentIndexes(folder)).toEqual([
    { name: 'notes_title', table: 'notes', sql: INDEX.slice(0, -1) }
  ])
  write(`${TABLE}--> statement-breakpoint\n${INDEX}`, 'DROP INDEX "notes_title";')
  expect(readConcurrentIndexes(folder)).toEqual([])
})

test('a migration with a concurrent index builds it, once', async () => {
  expect(await migrateTo(TABLE, INDEX)).toBe(2)
  expect(await isValid()).toBe(true)
  expect(await migrateTo(TABLE, INDEX)).toBe(0)
})

test('an index whose extension is missing is left out, and built once it is there', async () => {
  const words =
    'CREATE INDEX CONCURRENTLY "notes_title" ON "notes" USING gin ("title" gin_trgm_ops);'
  await storage.rows('drop extension if exists pg_trgm cascade')
  expect(await migrateTo(TABLE, words)).toBe(2)
  expect(await isValid()).toBeNull()
  await storage.rows('create extension pg_trgm')
  expect(await migrateTo(TABLE, words)).toBe(0)
  expect(await isValid()).toBe(true)
})

test('the index is built through the gateway too', async () => {
  const gateway = await startGateway({ port: 0, databaseUrl: storage.databaseUrl })
  try {
    const through = { over: 'http' as const, gatewayUrl: gateway.url }
    await migrate(storage.databaseUrl, { ...through, folder: write(TABLE, INDEX) })
    expect(await isValid()).toBe(true)
  } finally {
    await gateway.close()
  }
})

test('while the index waits for an old transaction, rows are written and another process migrates', async ({
  skip
}) => {
  // PGlite's clients share one session.
  if (!storage.onServer) skip()
  await migrateTo(TABLE)
  const old = await openClient()
  await old.query('begin isolation level repeatable read')
  await old.query('select count(*) from notes')
  const migrated = migrateTo(TABLE, INDEX)
  await expect.poll(isValid).toBe(false)
  await storage.rows("insert into notes values (1, 'written during the build')")
  const [lock] = await storage.rows<{ free: boolean }>(
    'select pg_try_advisory_xact_lock($1) as free',
    [MIGRATION_LOCK]
  )
  expect(lock).toEqual({ free: true })
  await old.query('commit')
  await old.end()
  await migrated
  expect(await isValid()).toBe(true)
})

test('an INVALID index that a failed build left behind is dropped and built again', async ({
  skip
}) => {
  if (!storage.onServer) skip()
  await migrateTo(TABLE)
  await storage.rows("insert into notes values (1, 'same'), (2, 'same')")
  await expect(migrateTo(TABLE, UNIQUE)).rejects.toMatchObject({
    code: '23505',
    message: 'The index notes_title was not built: 23505'
  })
  expect(await isValid()).toBe(false)
  await storage.rows('delete from notes where id = 2')
  await migrateTo(TABLE, UNIQUE)
  expect(await isValid()).toBe(true)
})

test('an index that another process finishes while it is being dropped stays', async ({ skip }) => {
  if (!storage.onServer) skip()
  await migrateTo(TABLE)
  await storage.rows("insert into notes values (1, 'same'), (2, 'same')")
  await expect(migrateTo(TABLE, UNIQUE)).rejects.toMatchObject({ code: '23505' })
  await storage.rows('delete from notes where id = 2')
  // The last transaction of a build, which no longer holds the table's lock.
  const build = await openClient()
  await build.query('begin')
  await build.query(
    "update pg_index set indisvalid = true where indexrelid = 'notes_title'::regclass"
  )
  const migrated = migrateTo(TABLE, UNIQUE)
  const isWaiting = async () =>
    (await storage.rows(`select from pg_locks where not granted and locktype = 'transactionid'`))
      .length > 0
  await expect.poll(isWaiting, { interval: 20 }).toBe(true)
  await build.query('commit')
  await build.end()
  await migrated
  expect(await isValid()).toBe(true)
})

test('four processes that start at once build the index once', async ({ skip }) => {
  if (!storage.onServer) skip()
  await migrateTo(TABLE)
  await storage.rows("insert into notes select n, 'title ' || n from generate_series(1, 20000) n")
  write(TABLE, INDEX)
  await Promise.all(
    Array.from({ length: 4 }, () => migrate(storage.databaseUrl, { folder, reportEveryMs: 50 }))
  )
  expect(await isValid()).toBe(true)
})

test('a build that takes longer than its own limit is ended by the server', async ({ skip }) => {
  if (!storage.onServer) skip()
  await migrateTo(TABLE)
  write(TABLE, INDEX)
  const old = await openClient()
  await old.query('begin isolation level repeatable read')
  await old.query('select count(*) from notes')
  const place = { url: storage.databaseUrl, over: 'tcp' as const, gatewayUrl: null }
  await expect(
    buildIndexes(place, readConcurrentIndexes(folder), { buildMs: 200 })
  ).rejects.toMatchObject({ message: expect.stringMatching(/notes_title was not built/) })
  await old.end()
})

test('a migration that Postgres ends because of a deadlock with a request is applied after it', async ({
  skip
}) => {
  if (!storage.onServer) skip()
  const two = `${TABLE}--> statement-breakpoint\nCREATE TABLE "drafts" ("id" int);`
  const both =
    'ALTER TABLE "drafts" ADD "more" int;--> statement-breakpoint\nALTER TABLE "notes" ADD "more" int;'
  await storage.rows('drop table if exists drafts')
  await migrateTo(two)
  const request = await openClient()
  // The other side notices the deadlock first.
  await request.query(`set deadlock_timeout = '20s'`)
  await request.query('begin')
  await request.query('select count(*) from notes')
  const migrated = migrateTo(two, both)
  const isWaiting = async () =>
    (await storage.rows(`select from pg_locks where not granted and relation = 'notes'::regclass`))
      .length > 0
  await expect.poll(isWaiting, { interval: 20 }).toBe(true)
  await request.query('select count(*) from drafts')
  await request.query('commit')
  await request.end()
  expect(await migrated).toBe(1)
})

test('while a migration waits for a table that is read, other reads of it wait two seconds at most', async ({
  skip
}) => {
  if (!storage.onServer) skip()
  await migrateTo(TABLE)
  const reader = await openClient()
  await reader.query('begin')
  await reader.query('select count(*) from notes')
  const lines: string[] = []
  write(TABLE, 'ALTER TABLE "notes" ADD COLUMN "starred" boolean;')
  const migrated = migrate(storage.databaseUrl, {
    folder,
    report: (line) => lines.push(line),
    reportEveryMs: 50
  })
  await expect.poll(() => lines.at(-1)).toContain('applying 0001_test')
  const other = await openClient()
  await other.query("set lock_timeout = '4s'")
  await other.query('select count(*) from notes')
  await other.end()
  await expect
    .poll(() => lines.at(-1), { timeout: 5_000 })
    .toContain('another process holds a table that it changes')
  await reader.query('commit')
  await reader.end()
  expect(await migrated).toBe(1)
})
