/** Pages of a running sync, stored as they arrive and applied by the commit. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type {
  QuarantinedRow,
  SyncedTransaction,
  SyncPage
} from '@/lib/domain/connections/sync-page'
import { systemActor } from '@/lib/domain/users/actor'
import { IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import { timeOrderedId } from '@/lib/platform/time-ordered-id'
import { execute } from '@/lib/services/data/sql/query'
import { bumpUserVersion, dbNow, interval } from '@/lib/services/data/sql/query-helpers'
import { encryptQuarantined } from '@/lib/services/data/sync/quarantine'
import type { SyncRun } from '@/lib/services/data/sync/sync-runs'
import { syncPages, syncRuns, transactions } from '@/xata/schema'

const system = systemActor('sync')

/** Lease after each page; between pages the worker renews it. */
const LEASE_MS = 6_000

/** A staged transaction; `id` is used if the transaction is new. */
const toStagedRow = (row: SyncedTransaction) => ({
  id: timeOrderedId(),
  plaid_id: row.plaidTransactionId,
  settles: row.pendingTransactionId,
  plaid_account_id: row.plaidAccountId,
  amount_minor: row.amount.minor.toString(),
  currency: row.amount.currency,
  booked_on: row.date,
  authorized_on: row.authorizedOn,
  name: row.name,
  merchant_name: row.merchantName,
  category_primary: row.categoryPrimary,
  category_detailed: row.categoryDetailed,
  payment_channel: row.paymentChannel,
  pending: row.pending
})

const COLUMNS = sql`id uuid, plaid_id text, settles text, plaid_account_id text, amount_minor numeric(38, 0), currency text, booked_on date, authorized_on date, name text,
  merchant_name text, category_primary text, category_detailed text, payment_channel text, pending boolean`

type StagedRow = ReturnType<typeof toStagedRow>

/**
 * Stages page `n`, renews the lease and raises the displayed count; the commit sets the exact
 * count. Staging a page again replaces it. Rows that cannot be stored are quarantined. @throws
 * IntegrationError ABANDONED when the lease was lost, so that the caller stops reading.
 */
export async function stagePage(run: SyncRun, n: number, page: SyncPage): Promise<void> {
  const latest = new Map(
    [...page.added, ...page.modified].map((row) => [row.plaidTransactionId, row])
  )
  const removed = [...new Set(page.removed)].filter((id) => !latest.has(id))
  const list = [...latest.values()].map(toStagedRow)
  const stage = (staged: StagedRow[], quarantined: QuarantinedRow[]) =>
    insertPage(run, n, {
      rows: staged,
      removed,
      quarantined: quarantined.map((one) => encryptQuarantined(run.userId, one))
    })
  try {
    await stage(list, page.quarantined ?? [])
  } catch (thrown) {
    const { quarantine, quarantined = [] } = page
    if (storageRefusal(thrown) === null || !quarantine) throw thrown
    const refused = await findRefusedRows(list)
    const of = ({ plaid_id }: StagedRow) => latest.get(plaid_id) as SyncedTransaction
    const fresh = [...refused].map(([one, code]) => quarantine(of(one), code))
    await stage(
      list.filter((one) => !refused.has(one)),
      [...quarantined, ...fresh]
    )
  }
}

/** Casting the rows to their column types here finds those that the commit could not store. */
async function insertPage(
  run: SyncRun,
  n: number,
  payload: { rows: StagedRow[]; removed: string[]; quarantined: object[] }
): Promise<void> {
  // Only the first sync shows its progress.
  const told = run.cursor === null && payload.rows.length > 0
  const staged = await execute(
    system,
    sql`with page as materialized (select ${JSON.stringify(payload)}::jsonb as payload), mine as (
      update ${syncRuns} set lease_until = greatest(lease_until, ${dbNow()} + ${interval(LEASE_MS)}), added = added + ${payload.rows.length}::int where id = ${run.id}::uuid and lease_token = ${run.leaseToken}::uuid and status = 'in_progress'
      returning id, user_id, lease_token
    ), bumped as (${bumpUserVersion(sql`(select * from mine where ${told}::boolean) told`)})
    insert into ${syncPages} (run_id, lease_token, n, payload) select id, lease_token, ${n}::int, payload from mine, page where ${isStorable(sql`payload -> 'rows'`)}
    on conflict (run_id, lease_token, n) do update set payload = excluded.payload returning n`
  )
  if (!staged) throw new IntegrationError({ service: 'xata', code: 'ABANDONED', retryable: true })
}

const isStorable = (list: SQL): SQL =>
  sql`(select count(*) from jsonb_to_recordset(${list}) as t(${COLUMNS})) >= 0`

/** The storage's error code if no column accepts the value; null for every other error. */
const storageRefusal = (thrown: unknown): string | null =>
  isIntegrationError(thrown) && thrown.service === 'xata' && /^22/.test(thrown.code)
    ? thrown.code
    : null

/** Finds the rows that the storage refuses, by bisection. */
async function findRefusedRows(list: StagedRow[]): Promise<Map<StagedRow, string>> {
  try {
    await execute(system, sql`select ${isStorable(sql`${JSON.stringify(list)}::jsonb`)}`)
    return new Map()
  } catch (thrown) {
    const code = storageRefusal(thrown)
    const [first] = list
    if (code === null || !first) throw thrown
    if (list.length === 1) return new Map([[first, code]])
    const middle = Math.ceil(list.length / 2)
    return new Map([
      ...(await findRefusedRows(list.slice(0, middle))),
      ...(await findRefusedRows(list.slice(middle)))
    ])
  }
}

/** Deletes the pages of this run before it starts again. */
export async function deleteStagedPages(run: SyncRun): Promise<void> {
  await execute(
    system,
    sql`with dropped as (delete from ${syncPages} where run_id = ${run.id}::uuid and lease_token = ${run.leaseToken}::uuid)
    update ${syncRuns} set added = 0 where id = ${run.id}::uuid and lease_token = ${run.leaseToken}::uuid and status = 'in_progress'`
  )
}

/**
 * Adds a final page that removes every stored transaction, or every pending one, that no page of
 * this run contains. For runs that read everything from the beginning: Plaid does not report
 * removals then.
 */
export async function stageRemovals(
  run: SyncRun,
  { pendingOnly }: { pendingOnly: boolean }
): Promise<void> {
  await execute(
    system,
    sql`with page as (select n, payload from ${syncPages} where run_id = ${run.id}::uuid and lease_token = ${run.leaseToken}::uuid),
    listed as (select t.plaid_id from page p, jsonb_to_recordset(p.payload->'rows') as t(plaid_id text)
      union all select q ->> 'vendor_id' from page p, jsonb_array_elements(p.payload -> 'quarantined') q),
    unlisted as (
      select coalesce(jsonb_agg(t.plaid_transaction_id), '[]') as ids from ${transactions} t
      where t.connection_id = ${run.connectionId}::uuid and t.removed_at is null and (t.pending or not ${pendingOnly}::boolean) and t.plaid_transaction_id not in (select plaid_id from listed)
    )
    insert into ${syncPages} (run_id, lease_token, n, payload)
    select ${run.id}::uuid, ${run.leaseToken}::uuid, (select coalesce(max(n), -1) + 1 from page), jsonb_build_object('rows', '[]'::jsonb, 'removed', ids) from unlisted`
  )
}

/**
 * CTEs over all pages of the run; the last page that contains a transaction decides. `present` are
 * the resulting rows, `absent` the removed ids. A pending row that another row settles is in
 * neither: it continues as that row. `not in` uses a hash; without statistics Postgres would
 * compare every row with every other.
 */
export const stagedPages = (run: SyncRun): SQL => sql`
  page as materialized (select n, payload from ${syncPages} where run_id = ${run.id}::uuid and lease_token = ${run.leaseToken}::uuid),
  named as (
    select distinct on (e.plaid_id) e.* from (
      select p.n, true as present, t.* from page p, jsonb_to_recordset(p.payload->'rows') as t(${COLUMNS})
      union all
      select p.n, false, null, r.plaid_id, null, null, null, null, null, null, null, null, null, null, null, null
      from page p, jsonb_array_elements_text(p.payload->'removed') as r(plaid_id)
    ) e order by e.plaid_id, e.n desc
  ),
  present as (
    select s.* from named s where s.present and s.plaid_id not in (select later.settles from named later where later.present and later.settles is not null)
  ),
  absent as (
    select plaid_id from named where not present
    union select settles from named where present and settles is not null
  )`
