/**
 * Statements sent together and ended by one Sync: one transaction in one round trip. Without `begin`
 * Postgres treats everything up to the Sync as one transaction, and so does a transaction pooler.
 */
import type pg from 'pg'
import type { Field, QueryResult } from '@/xata/drivers/text-format'
import type { Statement } from '@/xata/drivers/transport'

/** The wire calls of node-postgres; its published types require an argument that it does not read. */
type Wire = {
  stream: { cork(): void; uncork(): void }
  parse(message: { text: string }): void
  bind(message: { values: (string | null)[] }): void
  describe(message: { type: 'P' }): void
  execute(message: object): void
  sync(): void
}

/**
 * Runs the statements in one transaction. @param timeoutMs rejects after that time and leaves the
 * client unusable. @returns the result of each. @throws the error of the server or the connection.
 */
export function runPipeline(
  client: pg.PoolClient,
  statements: Statement[],
  timeoutMs: number
): Promise<QueryResult[]> {
  return new Promise((resolve, reject) => {
    client.query(
      toQuery(statements, timeoutMs, (error, results) => (error ? reject(error) : resolve(results)))
    )
  })
}

/** The object that node-postgres calls back with each message of the answer. */
function toQuery(
  statements: Statement[],
  timeoutMs: number,
  callback: (error: Error | null, results: QueryResult[]) => void
) {
  const results: QueryResult[] = []
  let fields: Field[] = []
  let rows: unknown[][] = []
  const finishStatement = () => {
    results.push({ fields, rows })
    fields = []
    rows = []
  }
  return {
    query_timeout: timeoutMs,
    /** Replaced by node-postgres, which adds the timeout. */
    callback,
    submit: (connection: unknown) => send(connection as Wire, statements),
    handleRowDescription: (message: { fields: { name: string; dataTypeID: number }[] }) => {
      fields = message.fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }))
    },
    handleDataRow: (message: { fields: unknown[] }) => void rows.push(message.fields),
    handleCommandComplete: finishStatement,
    handleEmptyQuery: finishStatement,
    handleError(error: Error) {
      this.callback(error, [])
    },
    handleReadyForQuery() {
      this.callback(null, results)
    }
  }
}

/** Corked, so that the messages leave in one write. */
function send(wire: Wire, statements: Statement[]): void {
  wire.stream.cork()
  for (const { sql, params } of statements) {
    wire.parse({ text: sql })
    wire.bind({ values: params })
    wire.describe({ type: 'P' })
    wire.execute({})
  }
  wire.sync()
  wire.stream.uncork()
}
