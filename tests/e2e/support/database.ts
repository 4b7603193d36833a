/** Direct access to the database. */
import pg from 'pg'
import { stack } from '@/tests/e2e/support/stack'

/** The rows of one statement. */
export async function query<T extends pg.QueryResultRow>(
  text: string,
  values: unknown[] = [],
  url = stack.databaseUrl
): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** Plaid's Item id of a connection. */
export async function itemOf(connectionId: string): Promise<string> {
  const [row] = await query<{ plaid_item_id: string }>(
    'select plaid_item_id from bank_connections where id = $1',
    [connectionId]
  )
  return row?.plaid_item_id ?? ''
}
