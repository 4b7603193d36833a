import type { QueryResult } from '@/xata/drivers/text-format'

export type Statement = { sql: string; params: (string | null)[] }

export type PoolUse = {
  max: number
  busy: number
  idle: number
  /** Batches that wait for a connection. */
  waiting: number
  /** Connections taken since the start, and the milliseconds that batches waited for them. */
  taken: number
  waitedMs: number
}

export type Transport = {
  /**
   * All statements in one transaction and one round trip; answers the result of each. `first` is
   * sent before them and its result is dropped.
   */
  batch(statements: Statement[], first?: Statement): Promise<QueryResult[]>
  /** The use of the connection pool; without one, undefined. */
  use?(): PoolUse
  close(): Promise<void>
}
