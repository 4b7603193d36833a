/** How a statement reaches Postgres: over TCP, or over Xata's HTTPS gateway. Both answer rows of the same shape. */
import 'server-only'
import { env } from '../lib/platform/env'
import { once } from '../lib/platform/globals'
import { openHttp } from './http'
import { openTcp } from './tcp'

export type Statement = { sql: string; params: unknown[] }
/** int8 and numeric are text, timestamps Postgres text, jsonb parsed. */
export type Row = Record<string, unknown>

export type Transport = {
  one(statement: Statement): Promise<Row[]>
  /** All in one transaction, or none. */
  batch(statements: Statement[]): Promise<Row[][]>
  close(): Promise<void>
}

/** The process's one connection to the storage; opened on first use. @throws errors whose `code` is the SQLSTATE where Postgres answered. */
export const storage = (): Transport =>
  once('storage', () => {
    const { url, transport, gatewayUrl } = env().database
    return transport === 'http' ? openHttp(url, gatewayUrl) : openTcp(url)
  })
