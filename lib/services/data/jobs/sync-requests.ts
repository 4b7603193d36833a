/**
 * Deliveries that need no call to a vendor: those that ask for a sync, and those that are ignored.
 * One statement queues the syncs and completes the deliveries, so there is no claim that a killed
 * process could leave behind.
 */
import 'server-only'
import { sql } from 'drizzle-orm'
import { type SystemActor, systemActor } from '@/lib/domain/users/actor'
import { isNoneOf } from '@/lib/services/data/jobs/deliveries'
import { completed } from '@/lib/services/data/jobs/jobs'
import { query } from '@/lib/services/data/sql/query'
import { audit, dbNow } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType } from '@/lib/services/data/sql/row-type'
import { afterNews, afterRepeats } from '@/lib/services/data/sync/sync-runs'
import { bankConnections, syncRuns, webhookDeliveries } from '@/xata/schema'

/** The deliveries of one Item that were completed together. */
export type FoldedDeliveries = {
  /** null for ignored ones, which name no Item. */
  plaidItemId: string | null
  /** Whether the Item is or was one of ours. */
  known: boolean
  count: number
  /** Since the oldest was stored. */
  waitedMs: number
  /** The trace of the oldest. */
  traceparent: string | null
}

const FOLDED = rowType({
  plaidItemId: nullable(column.text),
  known: column.bool,
  count: column.int4,
  waitedMs: column.float8,
  traceparent: nullable(column.text)
})

/**
 * Completes up to `limit` due deliveries of Plaid, oldest first, and queues one sync for each of
 * their Items. Deliveries that were tried before are left to `claimDelivery`, and so are those of
 * `except`. All of them or none: one that the storage refuses fails the statement.
 */
export const foldSyncRequests = (
  app: SystemActor,
  { limit, except = [] }: { limit: number; except?: readonly string[] }
): Promise<FoldedDeliveries[]> => {
  const actor = systemActor('webhook')
  return query(
    app,
    FOLDED,
    sql`with due as (
      select j.id, j.run_at, j.created_at, j.traceparent, j.effects -> 0 ->> 'plaidItemId' as item from ${webhookDeliveries} j
      where j.status = 'pending' and j.run_at <= ${dbNow()} and j.vendor = 'plaid' and j.attempts = 0
        and j.effects -> 0 ->> 'kind' in ('request_sync', 'ignore') and j.effects -> 1 is null and ${isNoneOf(except)}
      order by j.run_at, j.created_at limit ${limit}::int for update skip locked
    ), folded as (
      select item, count(*)::int as count, min(created_at) as since, (array_agg(traceparent order by run_at, created_at))[1] as traceparent from due group by item
    ), target as (
      select c.id, c.user_id, f.traceparent from folded f join ${bankConnections} c on c.plaid_item_id = f.item where c.removed_at is null and c.leaving_at is null
    ), waiting as (
      insert into ${syncRuns} as r (id, user_id, connection_id, trigger, run_at, traceparent)
      select gen_random_uuid(), user_id, id, 'webhook', ${afterRepeats(sql`target.id`)}, traceparent from target order by id
      on conflict (connection_id) where status = 'pending' do update set run_at = ${afterNews}, updated_at = now()
      returning r.id, r.user_id, (xmax = 0) as fresh
    ), changed as (select id, user_id from waiting where fresh),
    ${audit(actor, sql`changed`, { action: 'sync.requested', subject: sql`id`, detail: sql`jsonb_build_object('trigger', 'webhook')`, each: true })},
    done as (
      update ${webhookDeliveries} d set ${completed(sql`case when o.item is not null and o.n > 1 then 'MERGED' end`)}, attempts = 1, started_at = ${dbNow()}
      from (select id, item, row_number() over (partition by item order by run_at, created_at) as n from due) o where d.id = o.id
    )
    select f.item as "plaidItemId", f.count, f.traceparent, (extract(epoch from ${dbNow()} - f.since) * 1000)::float8 as "waitedMs",
      exists (select 1 from ${bankConnections} c where c.plaid_item_id = f.item) as known from folded f`
  )
}
