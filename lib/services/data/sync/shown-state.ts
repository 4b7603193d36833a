/**
 * Whether a sync changed what the user sees. One that found nothing new does not make open pages
 * read everything again, and kept reports stay.
 */
import 'server-only'
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { bumpUserVersion, dbNow, jsonb } from '@/lib/services/data/sql/query-helpers'
import type { SyncRun } from '@/lib/services/data/sync/sync-runs'
import { isBackground } from '@/lib/services/data/sync/triggers'
import {
  bankConnections,
  investmentTransactions,
  liabilities,
  linkedAccounts,
  messages,
  quarantine,
  recurringStreams,
  securityHoldings,
  syncRuns,
  userChanges
} from '@/xata/schema'

/** Open pages show new times of a sync that found nothing at most this much later. */
const TIMES = sql`interval '5 minutes'`

const EVERY_SYNC = ['cursor', 'last_synced_at', 'bank_data_at', 'balances_at', 'updated_at']

const rowsOf = (table: SQLWrapper, userId: string): SQL =>
  sql`(select jsonb_agg(shown order by shown::text) from (
    select to_jsonb(t) - array(select jsonb_array_elements_text(${jsonb(EVERY_SYNC)})) as shown from ${table} t where t.user_id = ${userId}) shown_rows)`

/**
 * All that a sync can change and a page of its user shows, except transactions and times. With the
 * user's version, so that a change by another commit in between counts too.
 */
const shownState = ({ userId, connectionId }: SyncRun): SQL => sql`md5(jsonb_build_array(
  ${sql.join(
    [bankConnections, linkedAccounts, liabilities, securityHoldings, recurringStreams].map(
      (table) => rowsOf(table, userId)
    ),
    sql`, `
  )},
  (select jsonb_build_array(count(*), max(updated_at)) from ${investmentTransactions} where user_id = ${userId}),
  (select jsonb_agg(id order by id) from ${quarantine} where user_id = ${userId}),
  (select jsonb_agg(id order by id) from ${messages} where user_id = ${userId} and kind = 'low_balance' and over_at is null),
  (select last_synced_at is null from ${bankConnections} where id = ${connectionId}::uuid),
  (select jsonb_build_array(status, code) from ${syncRuns} where connection_id = ${connectionId}::uuid and finished_at is not null order by created_at desc limit 1),
  (select version from ${userChanges} where user_id = ${userId})
)::text)`

/** Before the changes of the commit. `held` is empty if it writes nothing. */
export const noteShownState = (held: SQL, run: SyncRun): SQL =>
  sql`select set_config('app.shown_state', ${shownState(run)}, true) from ${held}`

/**
 * The last statement of that transaction: raises the user's version if the user sees something else
 * now, was told of the sync before, or has seen no new times for a while.
 */
export function bumpIfSeen(run: SyncRun): SQL {
  const told = run.attempts > 1 || !isBackground(run.trigger)
  return sql`with seen as (
      select r.user_id from ${syncRuns} r where r.id = ${run.id}::uuid and nullif(current_setting('app.shown_state', true), '') is not null
        and (${told}::boolean or r.added + r.modified + r.removed > 0 or current_setting('app.shown_state') <> ${shownState(run)}
          or not exists (select 1 from ${userChanges} v where v.user_id = r.user_id and v.changed_at > ${dbNow()} - ${TIMES}))
    ) ${bumpUserVersion(sql`seen`)}`
}
