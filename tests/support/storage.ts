/**
 * A new, migrated database for one test file, on the storage named by TEST_STORAGE: pglite
 * (default), postgres or http.
 */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { EXTENSIONS } from '@/sandbox/xata/cluster'
import { startGateway } from '@/sandbox/xata/gateway'
import { serveDatabase } from '@/sandbox/xata/server'
import { resetSingletons } from '@/tests/support/environment'
import { database } from '@/xata/client'
import { migrate } from '@/xata/migrate'

const ROOT = join(import.meta.dirname, '..', '..')

type Target = 'pglite' | 'postgres' | 'http'
type Opened = { url: string; close(): Promise<void> }

/**
 * Variables that lib/platform/env requires and storage tests do not use; flow tests replace them
 * with their emulators' values.
 */
export const UNUSED_VARIABLES = {
  APP_URL: 'http://localhost:3000',
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_none',
  CLERK_SECRET_KEY: 'sk_test_none',
  CLERK_WEBHOOK_SIGNING_SECRET: 'whsec_none',
  PLAID_CLIENT_ID: 'none',
  PLAID_SECRET: 'none',
  PLAID_BASE_URL: 'http://127.0.0.1:1',
  JIKO_BASE_URL: 'http://127.0.0.1:1',
  JIKO_USERNAME: 'none',
  JIKO_PASSWORD: 'none',
  JIKO_SHARED_SECRET: 'none',
  JIKO_WEBHOOK_SECRETS: 'none-none-none-none',
  ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  AUDIT_KEYS: `audit:${Buffer.alloc(32, 8).toString('base64')}`,
  CRON_SECRET: 'none'
}

export type TestStorage = Awaited<ReturnType<typeof openTestStorage>>

/** Sets the environment so that lib/services can be imported unchanged. */
export async function openTestStorage() {
  const target = targetOf(process.env.TEST_STORAGE)
  const onServer =
    target === 'postgres' || (target === 'http' && Boolean(process.env.TEST_DATABASE_URL))
  const opened = onServer ? await openPostgres() : await openPglite()
  const gateway =
    target === 'http' ? await startGateway({ port: 0, databaseUrl: opened.url }) : null
  Object.assign(process.env, UNUSED_VARIABLES, {
    DATABASE_URL: opened.url,
    XATA_TRANSPORT: gateway ? 'http' : 'tcp',
    XATA_GATEWAY_URL: gateway?.url ?? ''
  })
  resetSingletons('env', 'database', 'clock', 'encryption')
  const admin = new pg.Pool({ connectionString: opened.url, max: 1 })
  admin.on('error', () => {})
  return {
    /** Whether this is a Postgres server; PGlite's clients share one session. */
    onServer,
    databaseUrl: opened.url,
    /** Reads rows without any app code. */
    async rows<T extends pg.QueryResultRow = Record<string, unknown>>(
      text: string,
      params: unknown[] = []
    ): Promise<T[]> {
      return (await admin.query<T>(text, params)).rows
    },
    /**
     * The next statement opens its own connections, as another process would. @returns the old
     * ones, for closing.
     */
    anotherProcess() {
      const before = database()
      resetSingletons('database')
      return before
    },
    async close() {
      await database().close()
      resetSingletons('env', 'database', 'clock', 'encryption')
      await admin.end()
      await gateway?.close()
      await opened.close()
    }
  }
}

function targetOf(name = 'pglite'): Target {
  if (name === 'pglite' || name === 'postgres' || name === 'http') return name
  throw new Error(`TEST_STORAGE is ${name}; it can be pglite, postgres or http`)
}

/** A new PGlite takes seconds to start, a copy of a migrated one does not. */
async function openPglite(): Promise<Opened> {
  const file = templateFile()
  if (!existsSync(file)) await writeTemplate(file)
  return serve(
    await PGlite.create({ loadDataDir: new Blob([readFileSync(file)]), extensions: EXTENSIONS })
  )
}

async function serve(db: PGlite): Promise<Opened> {
  const server = await serveDatabase(db, 0)
  const close = async () => {
    await server.close()
    await db.close()
  }
  return { url: `postgresql://postgres:postgres@127.0.0.1:${server.port}/postgres`, close }
}

/** The name depends on the migrations and the PGlite version. */
function templateFile(): string {
  const pglite = readFileSync(join(ROOT, 'node_modules', '@electric-sql', 'pglite', 'package.json'))
  return join(tmpdir(), `pangea-test-storage-${hashOfMigrations(pglite)}.tar`)
}

function hashOfMigrations(...more: Buffer[]): string {
  const migrations = join(ROOT, 'xata', 'migrations')
  const hash = createHash('sha256')
  for (const bytes of more) hash.update(bytes)
  for (const name of readdirSync(migrations).sort())
    if (name.endsWith('.sql')) hash.update(readFileSync(join(migrations, name)))
  return hash.digest('hex').slice(0, 16)
}

/** Several test files may do this at once; each writes a complete one, and the last rename wins. */
async function writeTemplate(file: string): Promise<void> {
  const db = await PGlite.create('memory://', { extensions: EXTENSIONS })
  const opened = await serve(db)
  await migrate(opened.url)
  const dump = await db.dumpDataDir('none')
  const unfinished = `${file}.${randomUUID()}`
  writeFileSync(unfinished, Buffer.from(await dump.arrayBuffer()))
  renameSync(unfinished, file)
  await opened.close()
}

/** One database per file, a copy of a migrated one, on the server of TEST_DATABASE_URL. */
async function openPostgres(): Promise<Opened> {
  const adminUrl = process.env.TEST_DATABASE_URL
  if (!adminUrl)
    throw new Error(
      'TEST_DATABASE_URL is missing, for example postgresql://postgres:postgres@127.0.0.1:5432/postgres'
    )
  const name = `pangea_test_${randomUUID().replaceAll('-', '')}`
  await runAdminStatement(adminUrl, async (client) => {
    await client.query(`create database ${name} template ${await makeTemplate(client, adminUrl)}`)
  })
  const drop = () =>
    runAdminStatement(adminUrl, (client) => client.query(`drop database ${name} with (force)`))
  // A temporary server is deleted with its databases; dropping each would take as long as several
  // tests.
  return {
    url: databaseUrl(adminUrl, name),
    close: process.env.TEST_DATABASE_TEMPORARY ? async () => {} : async () => void (await drop())
  }
}

/**
 * The database that each one of a test file is a copy of. Of several processes that start at once,
 * the first creates it and the others wait for it.
 */
export async function makeTemplate(client: pg.Client, adminUrl: string): Promise<string> {
  const name = `pangea_template_${hashOfMigrations()}`
  await client.query('select pg_advisory_lock(hashtext($1))', [name])
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
  if (!rowCount) {
    const unfinished = `pangea_test_${randomUUID().replaceAll('-', '')}`
    await client.query(`create database ${unfinished}`)
    await migrate(databaseUrl(adminUrl, unfinished))
    await client.query(`alter database ${unfinished} rename to ${name}`)
  }
  return name
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.toString()
}

/** The connection's locks end with it. */
async function runAdminStatement(
  url: string,
  work: (client: pg.Client) => Promise<unknown>
): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await work(client).finally(() => client.end())
}
