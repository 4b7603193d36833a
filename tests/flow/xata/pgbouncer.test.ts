import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SOURCE_ARGS } from '@/scripts/source-args.mjs'
import { openPgbouncer, type Pgbouncer } from '@/scripts/suites/pgbouncer'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const ROOT = join(import.meta.dirname, '..', '..', '..')

/** `npm run migrate` in its own process. @returns its exit code and output. */
function runMigrate(databaseUrl: string): Promise<{ code: number | null; output: string }> {
  const args = [...SOURCE_ARGS, 'scripts/migrate.ts']
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl } as unknown as NodeJS.ProcessEnv
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 90_000
  })
  const parts: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => parts.push(String(chunk)))
  return new Promise((resolve) =>
    child.once('close', (code) => resolve({ code, output: parts.join('') }))
  )
}

describe.runIf(process.env.TEST_LONG && process.env.TEST_STORAGE === 'postgres')(
  'behind PgBouncer in transaction mode',
  () => {
    let storage: TestStorage
    let pooler: Pgbouncer
    beforeAll(async () => {
      storage = await openTestStorage()
      const opened = await openPgbouncer(storage.databaseUrl)
      if (!opened) throw new Error('There is no PgBouncer here, and none could be installed.')
      pooler = opened
    })
    afterAll(async () => {
      await pooler?.close()
      await storage.close()
    })

    test('three simultaneous migrations all complete, the schema is complete, and no lock is left behind', {
      timeout: 300_000
    }, async () => {
      for (let round = 0; round < 3; round++) {
        await storage.rows('drop schema public cascade')
        await storage.rows('drop schema drizzle cascade')
        await storage.rows('create schema public')
        const ended = await Promise.all([1, 2, 3].map(() => runMigrate(pooler.url)))
        expect(ended.map(({ code, output }) => (code === 0 ? 'migrated' : output))).toEqual([
          'migrated',
          'migrated',
          'migrated'
        ])
        const files = readdirSync(join(ROOT, 'xata', 'migrations')).filter((name) =>
          name.endsWith('.sql')
        )
        expect(
          await storage.rows('select count(*)::int as n from drizzle.__drizzle_migrations')
        ).toEqual([{ n: files.length }])
        expect(
          await storage.rows(
            `select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`
          )
        ).toEqual([])
      }
    })

    test('a pooler without a free connection leads to a message that names the setting', {
      timeout: 120_000
    }, async () => {
      const holders = await Promise.all(
        Array.from({ length: 5 }, async () => {
          const client = new pg.Client({ connectionString: pooler.url })
          client.on('error', () => {})
          await client.connect()
          await client.query('begin')
          // Otherwise the limit of the login ends the transaction after ten seconds.
          await client.query('set local idle_in_transaction_session_timeout = 0')
          return client
        })
      )
      const { code, output } = await runMigrate(pooler.url)
      for (const client of holders) await client.end()
      expect([code, output]).toEqual([
        1,
        expect.stringContaining('set MIGRATE_DATABASE_URL to the direct address')
      ])
    })
  }
)
