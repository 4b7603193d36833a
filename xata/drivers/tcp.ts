import 'server-only'
import pg from 'pg'
import { runPipeline } from '@/xata/drivers/pipeline'
import { detailOf, storageError } from '@/xata/drivers/storage-error'
import type { QueryResult } from '@/xata/drivers/text-format'
import type { Statement, Transport } from '@/xata/drivers/transport'

const CONNECTIONS = 10
/** Longer than the server's own limit of a request (xata/session-settings.ts), which responds first. */
const STATEMENT_MS = 15_000
/** Notices a server that is gone without a word; also keeps firewalls from forgetting the connection. */
const KEEPALIVE_AFTER_MS = 10_000
/** A sleeping branch takes up to 50 s to wake (docs/contracts/xata.md §1). */
const CONNECT_MS = 60_000

/**
 * Output formats must not depend on settings of the role or database. Sent as startup parameters,
 * which override both and which PgBouncer passes on in transaction mode; it refuses others, such
 * as `options`.
 */
class Client extends pg.Client {
  getStartupConf(): Record<string, unknown> {
    const { getStartupConf } = pg.Client.prototype as unknown as {
      getStartupConf(this: pg.Client): Record<string, unknown>
    }
    return { ...getStartupConf.call(this), DateStyle: 'ISO', TimeZone: 'UTC' }
  }
}

type TcpOptions = {
  statementMs?: number
  connectMs?: number
  connections?: number
  /** In milliseconds. Startup parameters, which PgBouncer refuses with 08P01. */
  serverLimits?: { statement_timeout: number; lock_timeout: number } | undefined
}

/**
 * A pool of at most `connections`. Statements are unnamed and keep no session state, because the server may be a
 * transaction pooler.
 */
export function openTcp(
  connectionString: string,
  {
    statementMs = STATEMENT_MS,
    connectMs = CONNECT_MS,
    connections = CONNECTIONS,
    serverLimits
  }: TcpOptions = {}
): Transport {
  const pool = new pg.Pool({
    Client,
    connectionString,
    max: connections,
    ...serverLimits,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE_AFTER_MS,
    connectionTimeoutMillis: connectMs
  })
  const use = { taken: 0, waitedMs: 0 }
  // A stopping server drops idle connections; the next statement reconnects and reports failures.
  pool.on('error', () => {})
  return {
    batch: async (statements, first) => {
      const timeoutMs = statementMs * statements.length
      if (!first) return batch(pool, use, statements, timeoutMs).catch(throwStorageError)
      const results = await batch(pool, use, [first, ...statements], timeoutMs).catch(
        throwStorageError
      )
      return results.slice(1)
    },
    use: () => ({
      ...use,
      max: connections,
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount
    }),
    close: () => pool.end()
  }
}

async function batch(
  pool: pg.Pool,
  use: { taken: number; waitedMs: number },
  statements: Statement[],
  timeoutMs: number
): Promise<QueryResult[]> {
  const askedAt = performance.now()
  const client = await pool.connect().finally(() => {
    use.waitedMs += performance.now() - askedAt
  })
  use.taken++
  // A checked-out client needs an error listener, or an error would end the process.
  const ignore = () => {}
  client.on('error', ignore)
  let usable = false
  try {
    const results = await runPipeline(client, statements, timeoutMs)
    usable = true
    return results
  } catch (thrown) {
    // A server that refused a statement has rolled back; any other connection is closed, which rolls
    // back too.
    usable = isServerError(thrown) && thrown.severity === 'ERROR'
    throw thrown
  } finally {
    client.off('error', ignore)
    client.release(!usable)
  }
}

/**
 * Whether the server reported the error. Checked by shape, because there may be several copies of
 * pg's classes.
 */
const isServerError = (thrown: unknown): thrown is { severity: string; code?: string } =>
  typeof thrown === 'object' && thrown !== null && 'severity' in thrown

function throwStorageError(thrown: unknown): never {
  if (isServerError(thrown)) throw storageError(thrown.code ?? 'BAD_RESPONSE', detailOf(thrown))
  throw storageError(
    thrown instanceof Error && /timeout/i.test(thrown.message) ? 'TIMEOUT' : 'UNREACHABLE'
  )
}
