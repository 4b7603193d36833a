import 'server-only'
import pg from 'pg'
import type { Row, Statement, Transport } from './client'

const CONNECTIONS = 10
const STATEMENT_MS = 15_000
const CONNECT_MS = 5_000

/** node-postgres with text for what JavaScript would spoil: int8, numeric and every kind of time. */
const AS_TEXT = new Set<number>([20, 1700, 1082, 1114, 1184])
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    AS_TEXT.has(oid) ? (value: string) => value : pg.types.getTypeParser(oid, format ?? 'text')) as typeof pg.types.getTypeParser
}

export function openTcp(connectionString: string): Transport {
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS, query_timeout: STATEMENT_MS, connectionTimeoutMillis: CONNECT_MS, types })
  // A server that went away takes idle connections along; the next statement opens a new one and says so if it cannot.
  pool.on('error', () => {})
  const run = async (client: pg.Pool | pg.PoolClient, { sql, params }: Statement): Promise<Row[]> => (await client.query(sql, params)).rows
  return {
    one: (statement) => run(pool, statement),
    async batch(statements) {
      const client = await pool.connect()
      let broken = false
      try {
        await client.query('begin')
        const results: Row[][] = []
        for (const statement of statements) results.push(await run(client, statement))
        await client.query('commit')
        return results
      } catch (thrown) {
        await client.query('rollback').catch(() => {
          broken = true
        })
        throw thrown
      } finally {
        client.release(broken)
      }
    },
    close: () => pool.end()
  }
}
