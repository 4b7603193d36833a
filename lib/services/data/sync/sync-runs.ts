/** Syncs as jobs: enqueued, claimed, failed. sync-commit stores what a sync has read. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { SyncedAccount } from '@/lib/domain/connections/sync-page'
import type { JobFailure } from '@/lib/domain/jobs/job'
import { type Actor, type SystemActor, systemActor } from '@/lib/domain/users/actor'
import { type ItemState, updateItemCtes } from '@/lib/services/data/connections/item-status'
import { claimJob, failJob, held, type Job } from '@/lib/services/data/jobs/jobs'
import { execute, queryOne } from '@/lib/services/data/sql/query'
import {
  audit,
  auditedChange,
  bumpUserVersion,
  dbNow,
  isUuid,
  jsonb,
  notFound,
  ownedBy
} from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { isBackground, STALE_PENDING } from '@/lib/services/data/sync/triggers'
import { bankConnections, linkedAccounts, syncRuns } from '@/xata/schema'

const system = systemActor('sync')

export type SyncRun = Job<'sync'> & {
  connectionId: string
  userId: string
  /** The trigger of the first request. */
  trigger: string
  /** Where the last committed sync ended; null before the first. */
  cursor: string | null
  /** The open accounts, by their type. */
  accounts: { type: string; subtype: string | null }[]
}

/**
 * Queues a sync of this connection. A waiting sync is reused; a request by the user makes it due
 * now, a webhook ten seconds after the last failure. @returns the id of the run. @throws RequestError not_found.
 */
export async function requestSync(
  actor: Actor,
  connectionId: string,
  trigger: string
): Promise<string> {
  const sooner =
    actor.kind === 'person'
      ? sql`least(r.run_at, excluded.run_at)`
      : trigger === 'webhook'
        ? afterNews
        : sql`r.run_at`
  // The requester decides what a sync reads.
  const asked =
    actor.kind === 'person' || trigger === STALE_PENDING ? sql`excluded.trigger` : sql`r.trigger`
  const runAt = trigger === 'webhook' ? afterRepeats(sql`target.id`) : dbNow()
  const found = isUuid(connectionId)
    ? await queryOne(
        actor,
        rowType({ id: syncRuns.id }),
        auditedChange(actor, sql`select id, user_id from waiting where fresh`, {
          action: 'sync.requested',
          subject: sql`id`,
          detail: sql`jsonb_build_object('trigger', ${trigger}::text)`,
          result: sql`select id from waiting`,
          seen: !isBackground(trigger),
          before: sql`target as (
        select id, user_id from ${bankConnections} where id = ${connectionId}::uuid and removed_at is null and leaving_at is null and ${ownedBy(actor, sql`user_id`)}
      ), waiting as (
        insert into ${syncRuns} as r (id, user_id, connection_id, trigger, run_at) select ${randomUUID()}::uuid, user_id, id, ${trigger}, ${runAt} from target
        on conflict (connection_id) where status = 'pending' do update set run_at = ${sooner}, trigger = ${asked}, updated_at = now()
        returning r.id, r.user_id, (xmax = 0) as fresh
      )`
        })
      )
    : null
  if (!found) throw notFound('connection')
  return found.id
}

/**
 * When the waiting run `r` is due after a webhook, which says that the institution and Plaid work
 * again. That ends a pause of our own (at most 90 s), not a longer one that was asked for. Not at
 * once: after a rate limit, webhooks would otherwise exceed it again.
 */
export const afterNews = sql`case when r.run_at - r.finished_at <= interval '90 seconds'
  then least(r.run_at, r.finished_at + interval '10 seconds') else r.run_at end`

/** How many syncs may find nothing after webhooks of one Item before the next one waits. */
const EMPTY_SYNCS = 3

/**
 * When a sync that a webhook asks for is due: now, or eight seconds after the last one if three or
 * more within thirty seconds found nothing. Repeated webhooks do not make an Item sync all the time.
 * The bound of `created_at` is for its index; no test shifts that column.
 */
export const afterRepeats = (
  connectionId: SQL
): SQL => sql`(select case when count(*) < ${EMPTY_SYNCS} then ${dbNow()} else greatest(${dbNow()}, max(past.finished_at) + interval '8 seconds') end
  from ${syncRuns} past where past.connection_id = ${connectionId} and past.trigger = 'webhook' and past.status = 'completed'
    and past.added + past.modified + past.removed = 0 and past.finished_at > ${dbNow()} - interval '30 seconds'
    and past.created_at > now() - interval '5 minutes')`

/**
 * For after a sync that found nothing: puts off the one that webhooks asked for meanwhile, when this
 * one was not counted yet. A statement of its own, so that it waits for no row while it holds others.
 */
export async function putOffRepeats({
  connectionId
}: Pick<SyncRun, 'connectionId'>): Promise<void> {
  await execute(
    system,
    sql`update ${syncRuns} j set run_at = later.run_at from (select ${afterRepeats(sql`${connectionId}::uuid`)} as run_at) later
    where j.connection_id = ${connectionId}::uuid and j.status = 'pending' and j.trigger = 'webhook' and j.attempts = 0 and later.run_at > j.run_at and later.run_at > ${dbNow()}`
  )
}

/** The sync that has waited longest; null if none is due. One per connection at a time. */
export function claimSyncRun(
  app: SystemActor,
  { leaseMs }: { leaseMs: number }
): Promise<SyncRun | null> {
  const cursor = sql`(select c.cursor from ${bankConnections} c where c.id = job.connection_id)`
  const accounts = sql`(select coalesce(jsonb_agg(jsonb_build_object('type', l.type, 'subtype', l.subtype)), '[]') from ${linkedAccounts} l
    where l.connection_id = job.connection_id and l.closed_at is null)`
  return claimJob(app, 'sync', {
    leaseMs,
    columns: {
      type: rowType({
        connectionId: syncRuns.connectionId,
        userId: syncRuns.userId,
        trigger: syncRuns.trigger,
        cursor: bankConnections.cursor,
        accounts: column.jsonb<SyncRun['accounts']>()
      }),
      select: sql`job.connection_id as "connectionId", job.user_id as "userId", job.trigger, ${cursor} as cursor, ${accounts} as accounts`
    }
  })
}

/** The consequence of a failure for the Item. */
export type ItemFailure = Pick<ItemState, 'status' | 'errorType' | 'errorCode'>

/** Ends a failed attempt and stores what it implies for the Item. A lost lease writes nothing. */
export async function failSync(
  run: SyncRun,
  failure: JobFailure,
  item: ItemFailure | null = null
): Promise<void> {
  const actor = systemActor('sync')
  const { service, code } = failure
  const detail = sql`jsonb_build_object('service', ${service}::text, 'code', ${code}::text)`
  const statusUpdate = item
    ? updateItemCtes(actor, sql`(select connection_id from job)`, item, { notify: sql`job` })
    : sql`bumped as (${bumpUserVersion(sql`job`)})`
  await failJob(
    run,
    failure,
    sql`, ended as (select id, user_id from job where status = 'failed'),
      ${audit(actor, sql`ended`, { action: 'sync.failed', outcome: 'failure', subject: sql`id`, detail }, 'noted')}, ${statusUpdate}`
  )
}

/** Stores balances that were read although the run failed. A lost lease writes nothing. */
export async function saveBalances(
  run: SyncRun,
  accounts: readonly SyncedAccount[]
): Promise<void> {
  const given = accounts.map(({ plaidAccountId, current, available, limit }) => ({
    plaid: plaidAccountId,
    currency: current?.currency ?? available?.currency ?? limit?.currency ?? null,
    current: current?.minor ?? null,
    available: available?.minor ?? null,
    credit: limit?.minor ?? null
  }))
  await execute(
    system,
    sql`with changed as (
    update ${linkedAccounts} l set currency = g.currency, current_minor = g.current, available_minor = g.available, limit_minor = g.credit,
      balances_at = ${dbNow()}, updated_at = now()
    from ${syncRuns} r, jsonb_to_recordset(${jsonb(given)}) as g(plaid text, currency text, current numeric, available numeric, credit numeric)
    where r.id in (select id from ${syncRuns} where ${held(run)}) and l.connection_id = r.connection_id and l.plaid_account_id = g.plaid and l.closed_at is null returning l.user_id
    ), bumped as (${bumpUserVersion(sql`changed`)}) select 1`
  )
}
