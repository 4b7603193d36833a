import type { QueryResult } from '@/xata/drivers/text-format'

export type Statement = { sql: string; params: (string | null)[] }

export type Transport = {
  /**
   * All statements in one transaction and one round trip; answers the result of each. `first` is
   * sent before them and its result is dropped.
   */
  batch(statements: Statement[], first?: Statement): Promise<QueryResult[]>
  close(): Promise<void>
}
