/** The one way the services' queries run: every fault is ours, and what only lost a race is tried again. */
import 'server-only'
import type { SQLWrapper } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { env } from '@/lib/platform/env'
import { IntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { classifySqlstate } from '@/lib/services/data/sql/sqlstate'
import { database } from '@/xata/client'
import type { StorageError } from '@/xata/drivers/storage-error'

const MAX_RACE_RETRIES = 5

/** Runs one statement. @throws IntegrationError with the SQLSTATE, TIMEOUT or UNREACHABLE. */
export const query = <T>(statement: SQLWrapper): Promise<T[]> =>
  withRaceRetries([statement], () => database().query<T>(statement))

/** As `rows`, for a statement that answers one row at most. */
export const queryOne = async <T>(statement: SQLWrapper): Promise<T | null> =>
  (await query<T>(statement))[0] ?? null

/** Runs statements in one transaction; answers the rows of each. */
export const transaction = (queries: SQLWrapper[]) =>
  withRaceRetries(queries, () => database().transaction(queries))

async function withRaceRetries<T>(queries: SQLWrapper[], run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (thrown) {
      // Without a code it is not the storage's: an error in this program, thrown while a statement was built or its rows were read.
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
  queries: SQLWrapper[]
): IntegrationError {
  const meaning = classifySqlstate(code)
  // A value that is taken stays taken; every other lost race may be won later.
  const retryable = meaning !== 'fault' && code !== '23505'
  const fault = { service: 'xata', code, retryable, outage: meaning === 'outage' } as const
  if (meaning !== 'fault') return new IntegrationError(fault)
  const query = describeQueries(queries, detail)
  log.error('storage.refused', { service: 'xata', code, query })
  return new IntegrationError(fault, `xata answered ${code}: ${query}`)
}

const dialect = new PgDialect()

/** In development and tests the whole text, without its values, and what Postgres says is wrong; in production names such as `update rules`. */
function describeQueries(queries: SQLWrapper[], detail: string): string {
  const texts = queries.map((query) => dialect.sqlToQuery(query.getSQL()).sql)
  return env().production ? texts.map(nameOf).join('; ') : `${detail} in ${texts.join(';\n')}`
}

const nameOf = (text: string): string => {
  const [, verb = 'statement', table = ''] =
    /\b(insert into|update|delete from|from) "?(\w+)/i.exec(text) ?? []
  return `${verb.toLowerCase()} ${table}`.trim()
}
