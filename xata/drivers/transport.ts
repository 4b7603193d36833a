import type { QueryResult } from '@/xata/drivers/text-format'

export type Statement = { sql: string; params: (string | null)[] }

export type Transport = {
  query(statement: Statement): Promise<QueryResult>
  /** All statements in one transaction. */
  batch(statements: Statement[]): Promise<QueryResult[]>
  close(): Promise<void>
}
