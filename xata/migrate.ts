/**
 * Migrates a database to xata/schema.ts. Each migration is one batch, so TCP, transaction poolers
 * and the gateway all work.
 */
import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import { buildIndexes } from '@/xata/concurrent-indexes'
import { openHttp } from '@/xata/drivers/http'
import { storageError } from '@/xata/drivers/storage-error'
import { openTcp } from '@/xata/drivers/tcp'
import type { Statement, Transport } from '@/xata/drivers/transport'
import {
  MIGRATIONS_FOLDER,
  type Migration,
  readConcurrentIndexes,
  readMigrations
} from '@/xata/migration-files'

/**
 * Any number, the same in every migrating process. Not 7_206_118_425, which earlier versions may
 * have left locked on a pooler's connection.
 */
export const MIGRATION_LOCK = 7_206_118_426
/** A statement holds its locks at least as long. What takes longer is a job or a concurrent index. */
const STATEMENT_MS = 60_000
/** Longer than the server's own limit, so that the server responds first. */
const TCP_LIMITS = { statementMs: STATEMENT_MS + 30_000, connectMs: 60_000 }
const FIRST_ANSWER_MS = 60_000
/**
 * Statements of the running version queue behind a lock that is waited for, and fail after five
 * seconds (xata/session-settings.ts).
 */
const LOCK_MS = 2_000
const POLL_MS = 500
const REPORT_EVERY_MS = 10_000
const MAX_WAIT_MS = 5 * 60_000
const CLOSE_MS = 1_000
/** Leaves room for the statements around them. */
const MAX_STATEMENTS = 90
/**
 * 22012 comes from our two guards, which divide by zero; 55P03 means that another transaction holds
 * a table, 40P01 that it also waited for one of ours, and Postgres ended the migration.
 */
const LOCKED_CODES = new Set(['22012', '55P03', '40P01'])

type Options = {
  over?: 'tcp' | 'http'
  gatewayUrl?: string | null
  report?: (line: string) => void
  reportEveryMs?: number
  /** With meta/_journal.json, as drizzle-kit writes it. */
  folder?: string
}
/** The current step. */
type MigrationProgress = { doing: string }

/**
 * Applies missing migrations, then builds missing concurrent indexes; safe to run concurrently.
 * @param options `over: 'http'` uses Xata's gateway; `report` gets a progress line every ten
 * seconds.
 * @returns how many migrations this process applied.
 * @throws StorageError, with the name of the migration where one was refused; OUTDATED where only
 * `npm run reset` helps.
 */
export async function migrate(databaseUrl: string, options: Options = {}): Promise<number> {
  const {
    over = 'tcp',
    gatewayUrl = null,
    report = () => {},
    reportEveryMs = REPORT_EVERY_MS,
    folder = MIGRATIONS_FOLDER
  } = options
  const transport =
    over === 'http' ? openHttp(databaseUrl, gatewayUrl) : openTcp(databaseUrl, TCP_LIMITS)
  const progress: MigrationProgress = { doing: 'waiting for the database' }
  const reports = setInterval(() => report(progress.doing), reportEveryMs)
  try {
    const applied = await applyAll(transport, readMigrations(folder), progress)
    await buildIndexes({ url: databaseUrl, over, gatewayUrl }, readConcurrentIndexes(folder), {
      progress: (doing) => {
        progress.doing = doing
      }
    })
    return applied
  } finally {
    clearInterval(reports)
    // A pool waits for a connection without a response, so this does not wait for the pool.
    await Promise.race([transport.close(), wait(CLOSE_MS, null, { ref: false })])
  }
}

async function applyAll(
  transport: Transport,
  migrations: Migration[],
  progress: MigrationProgress
): Promise<number> {
  let applied = 0
  for (const began = Date.now(); ; ) {
    const last = await lastApplied(transport)
    requireKnownHistory(migrations, last)
    const next = migrations.find(({ when }) => when > last)
    if (!next) return applied
    progress.doing = `applying ${next.tag}`
    const refused = await apply(transport, next, last)
    if (!refused) applied++
    else if (Date.now() - began > MAX_WAIT_MS)
      throw Object.assign(storageError(refused), {
        message: `${next.tag}: the database stayed locked for five minutes`
      })
    else {
      progress.doing = `${next.tag} waits: another process ${refused === '22012' ? 'is migrating this database' : 'holds a table that it changes'}`
      await wait(POLL_MS)
    }
  }
}

/**
 * @throws StorageError OUTDATED if the database's migrations are older than the first one here: no
 * migration leads from its tables to this schema.
 */
function requireKnownHistory([first]: Migration[], last: number): void {
  if (!first || last === 0 || last >= first.when) return
  throw Object.assign(storageError('OUTDATED'), {
    message: `This database was created by an older version of the app and cannot be migrated, because its migrations were replaced by ${first.tag}. Run \`npm run reset\` to delete the local data in .data and start again; empty a database of your own by hand.`
  })
}

/** @returns null once committed, else the code of what blocks it. */
async function apply(
  transport: Transport,
  migration: Migration,
  last: number
): Promise<string | null> {
  try {
    await transport.batch(lockedBatch(migration, last))
    return null
  } catch (thrown) {
    const { code } = thrown as { code: string }
    if (LOCKED_CODES.has(code)) return code
    throw Object.assign(storageError(code), {
      message: `${migration.tag} was not applied: ${code}`
    })
  }
}

/**
 * A session lock would remain on a pooler's connection. This lock ends with the batch; a batch
 * that does not get it rolls back.
 */
function lockedBatch({ when, hash, statements }: Migration, last: number): Statement[] {
  const plain = (sql: string): Statement => ({ sql, params: [] })
  return [
    plain(
      `select set_config('lock_timeout', '${LOCK_MS}', true), set_config('statement_timeout', '${STATEMENT_MS}', true)`
    ),
    plain(`select 1 / pg_try_advisory_xact_lock(${MIGRATION_LOCK})::int`),
    plain('create schema if not exists drizzle'),
    plain(
      'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)'
    ),
    {
      sql: 'select 1 / (coalesce(max(created_at), 0) = $1)::int from drizzle.__drizzle_migrations',
      params: [String(last)]
    },
    ...foldStatements(statements).map(plain),
    {
      sql: 'insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)',
      params: [hash, String(when)]
    }
  ]
}

/**
 * Xata's gateway takes at most 100 statements in a batch: those of a longer migration are sent as
 * one anonymous block.
 */
function foldStatements(statements: string[]): string[] {
  if (statements.length <= MAX_STATEMENTS) return statements
  const lines = statements.map((statement) => statement.trim().replace(/;?$/, ';'))
  return [`do $migration$ begin\n${lines.join('\n')}\nend $migration$`]
}

/** @returns when the newest migration in the database was written; 0 for an empty one. */
async function lastApplied(transport: Transport): Promise<number> {
  const ask = async (sql: string) => (await transport.batch([{ sql, params: [] }]))[0]?.rows[0]?.[0]
  const answer = async () =>
    (await ask(`select to_regclass('drizzle.__drizzle_migrations')`))
      ? await ask('select max(created_at) from drizzle.__drizzle_migrations')
      : null
  const deadline = new AbortController()
  const late = wait(FIRST_ANSWER_MS, null, { signal: deadline.signal }).then(() =>
    Promise.reject(storageError('TIMEOUT'))
  )
  return Number((await Promise.race([answer(), late]).finally(() => deadline.abort())) ?? 0)
}
