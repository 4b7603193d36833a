/** Brings a database to the schema in xata/schema.ts. Over TCP only: Xata's gateway takes no multi-statement DDL. */
import 'server-only'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

/** Any fixed number; it only has to be the same in every process that migrates. */
const LOCK = 7_206_118_425
const FOLDER = join(import.meta.dirname, 'migrations')

/**
 * Applies what is missing and answers how many files that were. One process at a time where the server has advisory locks; on PGlite,
 * whose clients share one session, whoever starts it is the only migrator.
 */
export async function migrate(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 60_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const before = await countApplied(client)
    await applyMigrations(drizzle(client), { migrationsFolder: FOLDER })
    return (await countApplied(client)) - before
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => {})
    await client.end()
  }
}

async function countApplied(client: pg.Client): Promise<number> {
  const { rows } = await client.query(`select to_regclass('drizzle.__drizzle_migrations') as found`)
  if (!rows[0]?.found) return 0
  return Number((await client.query('select count(*) as n from drizzle.__drizzle_migrations')).rows[0]?.n)
}
