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
  isRevoked,
  moveAccountsFromPast,
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
import { applyRowsCtes } from '@/lib/services/data/sync/apply-rows'
import { quarantineStatements, releaseAccounts } from '@/lib/services/data/sync/quarantine'
import { bumpIfSeen, noteShownState } from '@/lib/services/data/sync/shown-state'
import { stagedPages } from '@/lib/services/data/sync/staged-pages'
import { putOffRepeats, type SyncRun } from '@/lib/services/data/sync/sync-runs'
import { applyRulesToSynced } from '@/lib/services/data/transactions/apply-rules'
import { pairTransfers } from '@/lib/services/data/transactions/transfer-pairs'
import { bankConnections, syncPages, syncRuns } from '@/xata/schema'

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
  /** false if no page was staged: there are no rows to apply. */
  staged?: boolean
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
  const done = await (result.staged === false ? commitNoRows : commitRows)(run, result)
  const changed = done ? done.added + done.modified + done.removed : 0
  // Separate statements over all rows. If they are lost in a crash, the next sync with changes
  // repeats them.
  if (changed > 0) await Promise.all([pairTransfers(run.userId), analyze(changed)])
  else if (done && run.trigger === 'webhook') await putOffRepeats(run)
  return done ? { applied: true, ...done } : { applied: false, added: 0, modified: 0, removed: 0 }
}

async function analyze(changed: number): Promise<void> {
  if (changed >= LARGE_SYNC_ROWS) await execute(actor, sql`select analyze_synced(${changed}::int)`)
}

async function commitRows(run: SyncRun, result: SyncResult) {
  const held = lockedRun(run)
  const [, , , , , , , , , , , , , [done]] = await transaction(actor, [
    ...bankStatements(run, held, result),
    ...quarantineStatements(withHeld(held), run),
    typed(
      DONE,
      sql`${withHeld(held)}, ${stagedPages(run)}, ${applyRowsCtes}, ${tellOfLargePayments()}, ${finishRunCtes(run, result)} select added, modified, removed from done`
    ),
    sql`with ${applyRulesToSynced(run)} delete from ${syncPages} where ${ownPages(run)}`,
    bumpIfSeen(run)
  ])
  return done
}

/**
 * The same for a run without a staged page: most of the time that the statements above take is for
 * planning them. A run that has one after all writes nothing.
 */
async function commitNoRows(run: SyncRun, result: SyncResult) {
  const held = sql`${lockedRun(run)} and not exists (select 1 from ${syncPages} where ${ownPages(run)})`
  const [, , , , , , , , , , , , [done]] = await transaction(actor, [
    ...bankStatements(run, held, result),
    releaseAccounts(withHeld(held)),
    typed(
      DONE,
      sql`${withHeld(held)}, ${NO_ROWS}, ${finishRunCtes(run, result)} select added, modified, removed from done`
    ),
    bumpIfSeen(run)
  ])
  return done
}

const NO_ROWS = sql`written as (select true as fresh where false), gone as (select 1 where false)`

/** The lock, the accounts, and the products that are replaced as a whole. */
const bankStatements = (run: SyncRun, held: SQL, result: SyncResult) =>
  [
    sql`${withHeld(sql`${held} for no key update of r, c`)} ${noteShownState(sql`held`, run)}`,
    sql`${withHeld(held)}, ${rematchAccounts(sql`held`, result.accounts)} select 1`,
    moveAccountsFromPast(actor, connectionOf(held), result.accounts, isRevoked),
    sql`${withHeld(held)}, ${closeMissingAccounts(sql`held`, result.everyAccountRead === false ? [] : result.accounts)} ${upsertAccounts(sql`held`, result.accounts)}`,
    markDuplicates(connectionOf(held)),
    reassignAccounts(actor, connectionOf(held)),
    sql`${withHeld(held)}, ${tellOfLowBalances(sql`held`)} select 1`,
    sql`${withHeld(held)}, ${saveLiabilities(sql`held`, result.liabilities ?? null)}`,
    sql`${withHeld(held)}, ${saveHoldings(sql`held`, result.holdings ?? null)}`,
    sql`${withHeld(held)}, ${saveInvestmentTransactions(sql`held`, result.investmentTransactions ?? null)}`,
    sql`${withHeld(held)}, ${saveStreams(sql`held`, result.streams ?? null)}`
  ] as const

const ownPages = (run: SyncRun): SQL =>
  sql`run_id = ${run.id}::uuid and lease_token = ${run.leaseToken}::uuid`

/**
 * The run, if its lease and start cursor are still current. Another committer waits for the lock,
 * then finds it completed.
 */
const lockedRun = (
  run: SyncRun
): SQL => sql`select r.id as run_id, r.connection_id, r.user_id from ${syncRuns} r join ${bankConnections} c on c.id = r.connection_id
  where r.id = ${run.id}::uuid and r.lease_token = ${run.leaseToken}::uuid and r.status = 'in_progress' and c.removed_at is null and c.leaving_at is null and c.cursor is not distinct from ${run.cursor}`

/** Materialized: otherwise Postgres may repeat the rest of a statement for each connection. */
const withHeld = (held: SQL): SQL => sql`with held as materialized (${held})`

const connectionOf = (held: SQL): SQL => sql`(select connection_id from (${held}) h)`

/**
 * The CTEs that store the new cursor and complete the run; `done` is empty if the lease was lost.
 */
function finishRunCtes(run: SyncRun, result: SyncResult): SQL {
  const also = sql`, cursor = coalesce(${result.nextCursor}, c.cursor), history = ${result.history}, last_synced_at = ${dbNow()}`
  const counts = sql`jsonb_build_object('added', added, 'modified', modified, 'removed', removed)`
  return sql`${updateItemCtes(actor, sql`(select connection_id from held)`, result, { also })},
    done as (
      update ${syncRuns} r set ${completed()},
        added = (select count(*) from written where fresh), modified = (select count(*) from written where not fresh), removed = (select count(*) from gone)
      from held where r.id = held.run_id and r.lease_token = ${run.leaseToken}::uuid returning r.id, r.user_id, r.added, r.modified, r.removed
    ), ${audit(actor, sql`done`, { action: 'sync.completed', subject: sql`id`, detail: counts }, 'noted')}`
}
