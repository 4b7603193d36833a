/**
 * Commits a sync: its changes, its cursor and its completion become visible together, or not at
 * all.
 */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { HistoryStatus } from '@/lib/domain/connections/connection'
import type {
  SyncedHolding,
  SyncedInvestmentTransaction
} from '@/lib/domain/connections/investment'
import type { SyncedLiability } from '@/lib/domain/connections/liability'
import type { SyncedAccount } from '@/lib/domain/connections/sync-page'
import type { CalendarDate } from '@/lib/domain/dates'
import type { SyncedStream } from '@/lib/domain/reports/recurring-streams'
import { systemActor } from '@/lib/domain/users/actor'
import {
  closeMissingAccounts,
  rematchAccounts,
  upsertAccounts
} from '@/lib/services/data/connections/account-rows'
import {
  markDuplicates,
  reassignAccounts
} from '@/lib/services/data/connections/duplicate-accounts'
import {
  saveHoldings,
  saveInvestmentTransactions
} from '@/lib/services/data/connections/investments'
import { type ItemState, updateItemCtes } from '@/lib/services/data/connections/item-status'
import { saveLiabilities } from '@/lib/services/data/connections/liabilities'
import { saveStreams } from '@/lib/services/data/connections/recurring-streams'
import { completed } from '@/lib/services/data/jobs/jobs'
import { tellOfLargePayments, tellOfLowBalances } from '@/lib/services/data/messages/money-at-banks'
import { execute, transaction } from '@/lib/services/data/sql/query'
import { audit, dbNow } from '@/lib/services/data/sql/query-helpers'
import { rowType, typed } from '@/lib/services/data/sql/row-type'
import { quarantineStatements } from '@/lib/services/data/sync/quarantine'
import { bumpIfSeen, noteShownState } from '@/lib/services/data/sync/shown-state'
import { stagedPages } from '@/lib/services/data/sync/staged-pages'
import { putOffRepeats, type SyncRun } from '@/lib/services/data/sync/sync-runs'
import { applyRulesToSynced } from '@/lib/services/data/transactions/apply-rules'
import { pairTransfers } from '@/lib/services/data/transactions/transfer-pairs'
import { bankConnections, linkedAccounts, syncPages, syncRuns, transactions } from '@/xata/schema'

export type SyncResult = Pick<
  ItemState,
  'status' | 'errorType' | 'errorCode' | 'products' | 'availableProducts'
> & {
  /** null if Plaid has no data yet: the next sync starts from the beginning. */
  nextCursor: string | null
  history: HistoryStatus
  accounts: SyncedAccount[]
  /** Whether every account could be read. Only then are unlisted accounts closed. */
  everyAccountRead?: boolean
  bankDataAt: string | null
  /** The terms of cards and loans; null if they could not be read. */
  liabilities?: SyncedLiability[] | null
  /** The holdings of investment accounts; null if they could not be read. */
  holdings?: SyncedHolding[] | null
  /** Complete since `from`; null if they could not be read. */
  investmentTransactions?: { rows: SyncedInvestmentTransaction[]; from: CalendarDate } | null
  /** The recurring payments that Plaid found; null if they could not be read. */
  streams?: SyncedStream[] | null
}

export type CommitResult = { applied: boolean; added: number; modified: number; removed: number }

const actor = systemActor('sync')
/** Postgres plans the next pages wrong if it does not know of so many new rows. */
const LARGE_SYNC_ROWS = 1_000
const DONE = rowType({
  added: syncRuns.added,
  modified: syncRuns.modified,
  removed: syncRuns.removed
})

/**
 * Applies all staged pages of a run in one transaction, the same number of statements however many
 * pages. A run whose lease was lost, or whose connection has moved on, writes nothing.
 */
export async function commitSync(run: SyncRun, result: SyncResult): Promise<CommitResult> {
  const [, , , , , , , , , , , , [done]] = await transaction(actor, [
    sql`with held as materialized (${lockedRun(run)} for no key update of r, c) ${noteShownState(sql`held`, run)}`,
    sql`with held as (${lockedRun(run)}), ${rematchAccounts(sql`held`, result.accounts)} select 1`,
    sql`with held as (${lockedRun(run)}), ${closeMissingAccounts(sql`held`, result.everyAccountRead === false ? [] : result.accounts)} ${upsertAccounts(sql`held`, result.accounts)}`,
    markDuplicates(lockedConnection(run)),
    reassignAccounts(actor, lockedConnection(run)),
    sql`with held as (${lockedRun(run)}), ${tellOfLowBalances(sql`held`)} select 1`,
    sql`with held as (${lockedRun(run)}), ${saveLiabilities(sql`held`, result.liabilities ?? null)}`,
    sql`with held as (${lockedRun(run)}), ${saveHoldings(sql`held`, result.holdings ?? null)}`,
    sql`with held as (${lockedRun(run)}), ${saveInvestmentTransactions(sql`held`, result.investmentTransactions ?? null)}`,
    sql`with held as (${lockedRun(run)}), ${saveStreams(sql`held`, result.streams ?? null)}`,
    ...quarantineStatements(lockedRun(run), run),
    typed(
      DONE,
      sql`with held as (${lockedRun(run)}), ${stagedPages(run)}, ${applyRowsCtes}, ${tellOfLargePayments()}, ${finishRunCtes(run, result)} select added, modified, removed from done`
    ),
    sql`with ${applyRulesToSynced(run)} delete from ${syncPages} where run_id = ${run.id}::uuid and lease_token = ${run.leaseToken}::uuid`,
    bumpIfSeen(run)
  ])
  const changed = done ? done.added + done.modified + done.removed : 0
  if (changed >= LARGE_SYNC_ROWS) await execute(actor, sql`select analyze_synced(${changed}::int)`)
  // A separate statement over all rows. If it is lost in a crash, the next sync with changes
  // repeats it.
  if (changed > 0) await pairTransfers(run.userId)
  else if (done && run.trigger === 'webhook') await putOffRepeats(run)
  return done ? { applied: true, ...done } : { applied: false, added: 0, modified: 0, removed: 0 }
}

/**
 * The run, if its lease and start cursor are still current. Another committer waits for the lock,
 * then finds it completed.
 */
const lockedRun = (
  run: SyncRun
): SQL => sql`select r.id as run_id, r.connection_id, r.user_id from ${syncRuns} r join ${bankConnections} c on c.id = r.connection_id
  where r.id = ${run.id}::uuid and r.lease_token = ${run.leaseToken}::uuid and r.status = 'in_progress' and c.removed_at is null and c.leaving_at is null and c.cursor is not distinct from ${run.cursor}`

const lockedConnection = (run: SyncRun): SQL =>
  sql`(select connection_id from (${lockedRun(run)}) h)`

/** The columns that an institution can change. */
const CONTENT = [
  'amount_minor',
  'currency',
  'booked_on',
  'authorized_on',
  'name',
  'merchant_name',
  'category_primary',
  'category_detailed',
  'payment_channel',
  'pending'
]
const content = (from: string): SQL =>
  sql.raw(CONTENT.map((column) => `${from}.${column}`).join(', '))
const assignments = sql.raw(CONTENT.map((column) => `${column} = excluded.${column}`).join(', '))

/**
 * Stores transactions of accounts that the institution no longer lists: the cursor never returns
 * them again.
 */
const accountsCte: SQL = sql`unknown as (
    insert into ${linkedAccounts} (id, user_id, connection_id, plaid_account_id, name, type, closed_at)
    select distinct on (p.plaid_account_id) p.id, held.user_id, held.connection_id, p.plaid_account_id, 'Closed account', 'other', now() from held, present p
    where p.plaid_account_id not in (select l.plaid_account_id from ${linkedAccounts} l join held on held.connection_id = l.connection_id)
    returning id, plaid_account_id
  ), account as (
    select l.id, l.plaid_account_id from held join ${linkedAccounts} l on l.connection_id = held.connection_id and l.duplicate_of is null union all select id, plaid_account_id from unknown
  )`

/**
 * Our row for a Plaid id. A lookup per id: without statistics, Postgres would read the whole
 * history instead.
 */
const rowByPlaidId = (plaidId: SQL): SQL =>
  sql`(select x.id from ${transactions} x where x.connection_id = held.connection_id and x.plaid_transaction_id = ${plaidId} offset 0)`

/**
 * Matches each row from Plaid with ours: the same id, or the pending row it settles, even if an
 * earlier sync removed that. If several settle one pending row, the last one wins. A row that
 * another one settled does not return.
 */
const targetCte: SQL = sql`settler as (select distinct on (settles) settles, plaid_id from present where settles is not null order by settles, n desc),
  target as materialized (
    select p.*, a.id as account_id, coalesce(same.id, settled.id) as row_id
    from held cross join present p join account a on a.plaid_account_id = p.plaid_account_id
    left join lateral ${rowByPlaidId(sql`p.plaid_id`)} same on true
    left join settler on settler.plaid_id = p.plaid_id
    left join lateral ${rowByPlaidId(sql`settler.settles`)} settled on true
    where not exists (select 1 from ${transactions} o where o.connection_id = held.connection_id and o.plaid_pending_transaction_id = p.plaid_id)
  )`

const place = (id: string): SQL =>
  sql.raw(
    `row_number() over (partition by account_id, booked_on, amount_minor, currency, pending order by ${id})`
  )

/**
 * A reopened or reselected account returns its transactions under new ids. Identical rows keep
 * ours, one for one; then rows that differ only in name, because institutions rename them at such
 * times.
 */
const rematchedCte: SQL = sql`waiting as materialized (
    select t.id, t.account_id, t.booked_on, t.amount_minor, t.currency, t.name, t.pending,
      row_number() over (partition by t.account_id, t.booked_on, t.amount_minor, t.currency, t.name, t.pending order by t.id) as k
    from held join ${transactions} t on t.connection_id = held.connection_id
    where t.detached_at is not null and t.removed_at is null and t.id not in (select row_id from target where row_id is not null)
  ), arrived as (
    select plaid_id, account_id, booked_on, amount_minor, currency, name, pending,
      row_number() over (partition by account_id, booked_on, amount_minor, currency, name, pending order by plaid_id) as k
    from target where row_id is null and exists (select 1 from waiting)
  ), exact as materialized (
    select w.id, a.plaid_id from waiting w join arrived a using (account_id, booked_on, amount_minor, currency, name, pending, k)
  ), renamed as (
    select w.id, a.plaid_id from (select *, ${place('id')} as place from waiting where id not in (select id from exact)) w
      join (select *, ${place('plaid_id')} as place from arrived where plaid_id not in (select plaid_id from exact)) a
      using (account_id, booked_on, amount_minor, currency, pending, place)
  ), returned as materialized (select * from exact union all select * from renamed)`

/** Skips unchanged rows. */
const writtenCte: SQL = sql`written as (
    insert into ${transactions} as t (id, user_id, connection_id, account_id, plaid_transaction_id, plaid_pending_transaction_id, ${sql.raw(CONTENT.join(', '))})
    select coalesce(p.row_id, returned.id, p.id), held.user_id, held.connection_id, p.account_id, p.plaid_id, p.settles, ${content('p')}
    from held cross join target p left join returned on returned.plaid_id = p.plaid_id
    on conflict (id) do update set plaid_transaction_id = excluded.plaid_transaction_id, account_id = excluded.account_id, ${assignments},
      plaid_pending_transaction_id = coalesce(excluded.plaid_pending_transaction_id, t.plaid_pending_transaction_id),
      detached_at = (select t.detached_at from ${linkedAccounts} l where l.id = excluded.account_id and l.closed_at is not null), removed_at = null, updated_at = now()
    where t.removed_at is not null or t.detached_at is not null
      or (t.plaid_transaction_id, t.account_id, ${content('t')}) is distinct from (excluded.plaid_transaction_id, excluded.account_id, ${content('excluded')})
    returning t.*, (xmax = 0) as fresh
  )`

/** Rows removed together with their account are kept: those payments did happen. */
const removedCte: SQL = sql`gone as (
    update ${transactions} t set removed_at = now(), updated_at = now()
    from held cross join absent cross join lateral ${rowByPlaidId(sql`absent.plaid_id`)} named
    where t.id = named.id and t.removed_at is null and (t.detached_at is null or t.pending)
      and t.id not in (select row_id from target where row_id is not null) and t.id not in (select id from returned) returning t.id
  )`

const applyRowsCtes = sql`${accountsCte}, ${targetCte}, ${rematchedCte}, ${writtenCte}, ${removedCte}`

/**
 * The CTEs that store the new cursor and complete the run; `done` is empty if the lease was lost.
 */
function finishRunCtes(
  run: SyncRun,
  {
    nextCursor,
    history,
    accounts: _,
    everyAccountRead: __,
    liabilities: ___,
    holdings: ____,
    investmentTransactions: _____,
    streams: ______,
    ...item
  }: SyncResult
): SQL {
  const also = sql`, cursor = coalesce(${nextCursor}, c.cursor), history = ${history}, last_synced_at = ${dbNow()}`
  const counts = sql`jsonb_build_object('added', added, 'modified', modified, 'removed', removed)`
  return sql`${updateItemCtes(actor, sql`(select connection_id from held)`, item, { also })},
    done as (
      update ${syncRuns} r set ${completed()},
        added = (select count(*) from written where fresh), modified = (select count(*) from written where not fresh), removed = (select count(*) from gone)
      from held where r.id = held.run_id and r.lease_token = ${run.leaseToken}::uuid returning r.id, r.user_id, r.added, r.modified, r.removed
    ), ${audit(actor, sql`done`, { action: 'sync.completed', subject: sql`id`, detail: counts }, 'noted')}`
}
