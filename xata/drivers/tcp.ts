import 'server-only'
import pg from 'pg'
import { detailOf, storageError } from '@/xata/drivers/storage-error'
import type { QueryResult } from '@/xata/drivers/text-format'
import type { Statement, Transport } from '@/xata/drivers/transport'

const CONNECTIONS = 10
const STATEMENT_MS = 15_000
/** A sleeping Xata branch takes up to 50 s to wake (docs/contracts/xata.md §1). */
const CONNECT_MS = 60_000

/** Every value arrives as Postgres text; reading it is done in one place for both transports. */
const asText = { getTypeParser: () => String } as unknown as pg.CustomTypesConfig

/**
 * How values are written must not depend on settings of the role or the database. Sent with the connection: Postgres ranks that above both, and PgBouncer
 * carries these two along in transaction mode, where it refuses any other (such as `options`).
 */
class Client extends pg.Client {
  getStartupConf(): Record<string, unknown> {
    const { getStartupConf } = pg.Client.prototype as unknown as {
      getStartupConf(this: pg.Client): Record<string, unknown>
    }
    return { ...getStartupConf.call(this), DateStyle: 'ISO', TimeZone: 'UTC' }
  }
}

/** A small pool. Statements are unnamed and nothing outlives its statement or batch: the server may be a pooler, or one shared session. */
export function openTcp(
  connectionString: string,
  { statementMs = STATEMENT_MS, connectMs = CONNECT_MS } = {}
): Transport {
  const pool = new pg.Pool({
    Client,
    connectionString,
    max: CONNECTIONS,
    query_timeout: statementMs,
    connectionTimeoutMillis: connectMs
  })
  // A server that goes away takes idle connections along; the next statement opens a new one, and says so if it cannot.
  pool.on('error', () => {})
  return {
    query: (statement) => run(pool, statement).catch(throwStorageError),
    batch: (statements) => batch(pool, statements).catch(throwStorageError),
    close: () => pool.end()
  }
}

async function run(
  client: pg.Pool | pg.PoolClient,
  { sql, params }: Statement
): Promise<QueryResult> {
  const { fields, rows } = await client.query<unknown[]>({
    text: sql,
    values: params,
    rowMode: 'array',
    types: asText
  })
  return { fields: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })), rows }
}

async function batch(pool: pg.Pool, statements: Statement[]): Promise<QueryResult[]> {
  const client = await pool.connect()
  // While it is out of the pool nobody else listens, and an unheard error would end the process.
  const ignore = () => {}
  client.on('error', ignore)
  let broken = true
  try {
    await client.query('begin')
    const answers: QueryResult[] = []
    for (const statement of statements) answers.push(await run(client, statement))
    await client.query('commit')
    broken = false
    return answers
  } catch (thrown) {
    // Only a server that answered can be trusted to undo; any other connection is cut, which undoes as well.
    if (isServerError(thrown))
      broken = await client.query('rollback').then(
        () => false,
        () => true
      )
    throw thrown
  } finally {
    client.off('error', ignore)
    client.release(broken)
  }
}

/** Whether the server itself said so. Told by what only its errors have: there may be several copies of pg's classes. */
const isServerError = (thrown: unknown): thrown is { severity: string; code?: string } =>
  typeof thrown === 'object' && thrown !== null && 'severity' in thrown

function throwStorageError(thrown: unknown): never {
  if (isServerError(thrown)) throw storageError(thrown.code ?? 'BAD_RESPONSE', detailOf(thrown))
  throw storageError(
    thrown instanceof Error && /timeout/i.test(thrown.message) ? 'TIMEOUT' : 'UNREACHABLE'
  )
}
