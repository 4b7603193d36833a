/**
 * Runs the services' statements: maps storage errors to IntegrationError, and retries lost races.
 */
import 'server-only'
import type { SQLWrapper } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Actor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import { IntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { type RowType, readRows, type TypedStatement } from '@/lib/services/data/sql/row-type'
import { classifySqlstate } from '@/lib/services/data/sql/sqlstate'
import { type Database, database } from '@/xata/client'
import type { StorageError } from '@/xata/drivers/storage-error'
import { type QueryResult, type Row, toRows } from '@/xata/drivers/text-format'
import type { Scope } from '@/xata/scope'

const MAX_RACE_RETRIES = 5

/**
 * Runs one statement; returns its rows. Row-level security hides the rows of other users from a user; the system reads those of every user.
 * @throws IntegrationError with the SQLSTATE, TIMEOUT or UNREACHABLE.
 */
export const query = async <R>(
  actor: Actor,
  type: RowType<R>,
  statement: SQLWrapper
): Promise<R[]> => readRows(type, await run(actor, statement))

/** `query`, for a statement that returns at most one row. */
export const queryOne = async <R>(
  actor: Actor,
  type: RowType<R>,
  statement: SQLWrapper
): Promise<R | null> => (await query(actor, type, statement))[0] ?? null

/** Runs one statement; returns the number of rows. */
export const execute = async (actor: Actor, statement: SQLWrapper): Promise<number> =>
  (await run(actor, statement)).rows.length

/** Runs a statement of Drizzle's builder. @throws as `query`. */
export function build<Result>(actor: Actor, make: (orm: Orm) => Built<Result>): Promise<Result> {
  const statement = make(database().orm(scopeOf(actor)))
  return withRaceRetries([statement], async () => {
    try {
      return await statement
    } catch (thrown) {
      // Drizzle wraps the storage's error in one whose message contains the parameters.
      throw thrown instanceof Error && 'params' in thrown ? thrown.cause : thrown
    }
  })
}

/** An admin's verbs concern other users. */
const scopeOf = (actor: Actor): Scope =>
  actor.kind === 'person' && !('admin' in actor) ? { userId: actor.userId } : 'every_user'

type Orm = ReturnType<Database['orm']>
type Built<Result> = SQLWrapper & PromiseLike<Result>
type RowsOf<Statement> = Statement extends TypedStatement<infer R> ? R[] : Row[]

/** Runs statements in one transaction and returns the rows of each, as `typed` declares them. */
export async function transaction<const Statements extends readonly SQLWrapper[]>(
  actor: Actor,
  statements: Statements
): Promise<{ -readonly [Index in keyof Statements]: RowsOf<Statements[Index]> }>
export async function transaction(
  actor: Actor,
  statements: readonly SQLWrapper[]
): Promise<unknown[][]> {
  const results = await withRaceRetries(statements, () =>
    database().runAll(scopeOf(actor), [...statements])
  )
  return results.map((result, i) => {
    const statement = statements[i]
    return statement && isTyped(statement) ? readRows(statement.rowType, result) : toRows(result)
  })
}

const isTyped = (statement: SQLWrapper): statement is TypedStatement<unknown> =>
  'rowType' in statement

const run = (actor: Actor, statement: SQLWrapper): Promise<QueryResult> =>
  withRaceRetries([statement], () => database().run(scopeOf(actor), statement))

async function withRaceRetries<T>(
  queries: readonly SQLWrapper[],
  run: () => Promise<T>
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (thrown) {
      // An error without a code comes from this program, not from the storage.
      if (!isStorageFault(thrown)) throw thrown
      if (classifySqlstate(thrown.code) !== 'race' || attempt >= MAX_RACE_RETRIES)
        throw toIntegrationError(thrown, queries)
    }
  }
}

const isStorageFault = (thrown: unknown): thrown is StorageError =>
  typeof (thrown as { code?: unknown } | null)?.code === 'string'

function toIntegrationError(
  { code, detail }: StorageError,
  queries: readonly SQLWrapper[]
): IntegrationError {
  const meaning = classifySqlstate(code)
  // A unique value that is taken stays taken; every other race may succeed on a retry.
  const retryable = meaning !== 'fault' && code !== '23505'
  const fault = { service: 'xata', code, retryable, outage: meaning === 'outage' } as const
  if (meaning !== 'fault') return new IntegrationError(fault)
  const query = describeQueries(queries, detail)
  log.error('storage.refused', { service: 'xata', code, query })
  return new IntegrationError(fault, `xata answered ${code}: ${query}`)
}

const dialect = new PgDialect()

/**
 * In development and tests the statements without values and Postgres' message; in production only
 * names such as `update rules`.
 */
function describeQueries(queries: readonly SQLWrapper[], detail: string): string {
  const texts = queries.map((query) => dialect.sqlToQuery(query.getSQL()).sql)
  return env().production ? texts.map(nameOf).join('; ') : `${detail} in ${texts.join(';\n')}`
}

const nameOf = (text: string): string => {
  const [, verb = 'statement', table = ''] =
    /\b(insert into|update|delete from|from) "?(\w+)/i.exec(text) ?? []
  return `${verb.toLowerCase()} ${table}`.trim()
}
