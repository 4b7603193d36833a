import 'server-only'
import type { SQL } from 'drizzle-orm'
import type { ItemStatus } from '../../domain/bank-connection'
import type { AccountSnapshot, SyncPage, TransactionRow } from '../../domain/bank-data'
import { IntegrationError } from '../../platform/errors'
import { closeMissingAccounts, upsertAccounts } from './accounts'
import { atomic, changed, instant, sql, uuid } from './query'
import { mine, type SyncRun } from './sync-runs'

const toJson = (row: TransactionRow) => ({
  id: uuid(),
  plaid_transaction_id: row.plaidTransactionId,
  pending_transaction_id: row.pendingTransactionId,
  plaid_account_id: row.plaidAccountId,
  amount_minor: row.amount.minor.toString(),
  currency: row.amount.currency,
  booked_on: row.date,
  authorized_on: row.authorizedOn,
  name: row.name,
  merchant_name: row.merchantName,
  merchant_logo: row.merchantLogo,
  category_primary: row.categoryPrimary,
  category_detailed: row.categoryDetailed,
  payment_channel: row.paymentChannel,
  pending: row.pending
})

/** Keeps a page as it arrived and renews the lease. Rising counts are written along, for whoever watches. @throws IntegrationError LEASE_LOST. */
export async function stagePage(run: SyncRun, n: number, page: SyncPage): Promise<void> {
  const payload = { rows: [...page.added, ...page.modified].map(toJson), removed: page.removed }
  const [, renewed] = await atomic([
    sql`insert into sync_pages (run_id, lease_token, n, payload)
      select id, lease_token, ${n}::int, ${JSON.stringify(payload)}::jsonb from sync_runs where ${mine(run)}
      on conflict (run_id, lease_token, n) do update set payload = excluded.payload`,
    sql`update sync_runs set lease_until = ${instant(run.leaseMs)}, added = added + ${page.added.length}::int, updated_at = ${instant()} where ${mine(run)} returning id`,
    changed(run.userId)
  ])
  if (!renewed?.length) throw new IntegrationError({ service: 'xata', code: 'LEASE_LOST', retryable: false })
}

/** Throws away what was staged, because the vendor's pages changed under the run. */
export async function dropStagedPages(run: SyncRun): Promise<void> {
  await atomic([
    sql`delete from sync_pages where run_id = ${run.id}::uuid and lease_token = ${run.leaseToken}::uuid`,
    sql`update sync_runs set added = 0, lease_until = ${instant(run.leaseMs)} where ${mine(run)}`
  ])
}

export type SyncResult = {
  nextCursor: string | null
  history: string
  accounts: AccountSnapshot[]
  bankDataAt: string | null
  status: ItemStatus
  errorType: string | null
  errorCode: string | null
}

/**
 * Applies every staged page, the new cursor and the run's end in one batch of a fixed number of statements. Each statement holds only where
 * this run was still ours, so a lost lease writes nothing. The last page that names a transaction decides it.
 */
export async function commitSync(run: SyncRun, result: SyncResult): Promise<{ applied: boolean; added: number; modified: number; removed: number }> {
  const ours = sql`exists (select 1 from sync_runs where id = ${run.id}::uuid and status = 'completed' and lease_token = ${run.leaseToken}::uuid)`
  const [guard, , , , counts] = await atomic([
    sql`update sync_runs set status = 'completed', finished_at = ${instant()}, lease_until = null, service = null, code = null, updated_at = ${instant()}
      where ${mine(run)} returning id`,
    upsertAccounts(run, result.accounts, ours),
    closeMissingAccounts(run.connectionId, result.accounts, ours),
    settlePending(run, ours),
    applyPages(run, ours),
    sql`update bank_connections set cursor = coalesce(${result.nextCursor}, cursor), history = ${result.history}, status = ${result.status},
      error_type = ${result.errorType}, error_code = ${result.errorCode}, last_synced_at = ${instant()},
      bank_data_at = coalesce(${result.bankDataAt}::timestamptz, bank_data_at), updated_at = ${instant()}
      where id = ${run.connectionId}::uuid and ${ours}`,
    changed(run.userId, ours),
    sql`delete from sync_pages where run_id = ${run.id}::uuid`
  ])
  const { added = 0, modified = 0, removed = 0 } = (counts?.[0] ?? {}) as { added?: number; modified?: number; removed?: number }
  return { applied: Boolean(guard?.length), added, modified, removed }
}

/** The staged rows, and per transaction what the last page said of it. */
const staged = (run: SyncRun): SQL => sql`
  pages as (select n, payload from sync_pages where run_id = ${run.id}::uuid and lease_token = ${run.leaseToken}::uuid),
  named as (
    select distinct on (plaid_transaction_id) * from (
      select p.n, false as gone, r.* from pages p, jsonb_to_recordset(p.payload -> 'rows') as r(id uuid, plaid_transaction_id text, pending_transaction_id text,
        plaid_account_id text, amount_minor bigint, currency text, booked_on date, authorized_on date, name text, merchant_name text, merchant_logo text,
        category_primary text, category_detailed text, payment_channel text, pending boolean)
      union all
      select p.n, true, null, r.id, null, null, null, null, null, null, null, null, null, null, null, null, null
        from pages p, jsonb_array_elements_text(p.payload -> 'removed') as r(id)
    ) every order by plaid_transaction_id, n desc, gone)`

/** A posted transaction takes over the row of the pending one it settles, so that the row's id and whatever a person attached to it stay. */
const settlePending = (run: SyncRun, ours: SQL): SQL => sql`with ${staged(run)}
  update transactions t set plaid_transaction_id = s.plaid_transaction_id, updated_at = ${instant()} from named s
  where t.connection_id = ${run.connectionId}::uuid and t.plaid_transaction_id = s.pending_transaction_id and not s.gone and ${ours}
    and not exists (select 1 from transactions x where x.connection_id = t.connection_id and x.plaid_transaction_id = s.plaid_transaction_id)`

const applyPages = (run: SyncRun, ours: SQL): SQL => sql`with ${staged(run)},
  written as (
    insert into transactions as t (id, user_id, connection_id, account_id, plaid_transaction_id, amount_minor, currency, booked_on, authorized_on, name, merchant_name,
      merchant_logo, category_primary, category_detailed, payment_channel, pending, created_at, updated_at)
    select s.id, ${run.userId}, a.connection_id, a.id, s.plaid_transaction_id, s.amount_minor, s.currency, s.booked_on, s.authorized_on, s.name, s.merchant_name,
      s.merchant_logo, s.category_primary, s.category_detailed, s.payment_channel, s.pending, ${instant()}, ${instant()}
    from named s join linked_accounts a on a.connection_id = ${run.connectionId}::uuid and a.plaid_account_id = s.plaid_account_id
    where not s.gone and ${ours}
    on conflict (connection_id, plaid_transaction_id) do update set account_id = excluded.account_id, amount_minor = excluded.amount_minor,
      currency = excluded.currency, booked_on = excluded.booked_on, authorized_on = excluded.authorized_on, name = excluded.name,
      merchant_name = excluded.merchant_name, merchant_logo = excluded.merchant_logo, category_primary = excluded.category_primary,
      category_detailed = excluded.category_detailed, payment_channel = excluded.payment_channel, pending = excluded.pending, removed_at = null,
      updated_at = excluded.updated_at
    where t.removed_at is not null or (t.account_id, t.amount_minor, t.currency, t.booked_on, t.authorized_on, t.name, t.merchant_name, t.merchant_logo,
        t.category_primary, t.category_detailed, t.payment_channel, t.pending)
      is distinct from (excluded.account_id, excluded.amount_minor, excluded.currency, excluded.booked_on, excluded.authorized_on, excluded.name,
        excluded.merchant_name, excluded.merchant_logo, excluded.category_primary, excluded.category_detailed, excluded.payment_channel, excluded.pending)
    returning (t.xmax = 0) as fresh),
  erased as (
    update transactions t set removed_at = ${instant()}, updated_at = ${instant()} from named s
    where t.connection_id = ${run.connectionId}::uuid and t.plaid_transaction_id = s.plaid_transaction_id and s.gone and t.removed_at is null and ${ours}
    returning 1)
  update sync_runs set added = (select count(*) from written where fresh), modified = (select count(*) from written where not fresh),
    removed = (select count(*) from erased)
  where id = ${run.id}::uuid and ${ours} returning added, modified, removed`
