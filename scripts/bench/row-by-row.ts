/**
 * Baselines. `alone`: two statements per row (find the account, write), each its own transaction,
 * as most programs do. `together`: the best row-by-row variant, one statement per row and one
 * transaction per page.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { SyncedTransaction, SyncPage } from '@/lib/domain/connections/sync-page'

export type RowByRow = 'alone' | 'together'
export type Baseline = { userId: string; connectionId: string; accountIds: Map<string, string> }

const UPSERT = `insert into transactions (id, user_id, connection_id, account_id, plaid_transaction_id, amount_minor, currency, booked_on, authorized_on, name,
    merchant_name, category_primary, category_detailed, payment_channel, pending)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
  on conflict (connection_id, plaid_transaction_id) do update set amount_minor = excluded.amount_minor, currency = excluded.currency,
    booked_on = excluded.booked_on, authorized_on = excluded.authorized_on, name = excluded.name, merchant_name = excluded.merchant_name,
    category_primary = excluded.category_primary, category_detailed = excluded.category_detailed, payment_channel = excluded.payment_channel,
    pending = excluded.pending, removed_at = null, updated_at = now()`
const FIND_ACCOUNT =
  'select id from linked_accounts where connection_id = $1 and plaid_account_id = $2'
const REMOVE =
  'update transactions set removed_at = now(), updated_at = now() where connection_id = $1 and plaid_transaction_id = $2 and removed_at is null'

/** @returns the number of statements. */
export async function applyRowByRow(
  databaseUrl: string,
  how: RowByRow,
  { userId, connectionId, accountIds }: Baseline,
  pages: Iterable<SyncPage>
): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  let statements = 0
  const run = async (text: string, params: unknown[] = []) => {
    statements++
    await client.query(text, params)
  }
  const write = async (row: SyncedTransaction) => {
    if (how === 'alone') await run(FIND_ACCOUNT, [connectionId, row.plaidAccountId])
    await run(UPSERT, [
      randomUUID(),
      userId,
      connectionId,
      accountIds.get(row.plaidAccountId),
      row.plaidTransactionId,
      row.amount.minor.toString(),
      row.amount.currency,
      row.date,
      row.authorizedOn,
      row.name,
      row.merchantName,
      row.categoryPrimary,
      row.categoryDetailed,
      row.paymentChannel,
      row.pending
    ])
  }
  for (const page of pages) {
    if (how === 'together') await run('begin')
    for (const row of [...page.added, ...page.modified]) await write(row)
    for (const id of page.removed) await run(REMOVE, [connectionId, id])
    if (how === 'together') await run('commit')
  }
  await client.end()
  return statements
}
