/**
 * Calls to Plaid about a connection as jobs: its removal, its webhook's new address, its new token,
 * and the comparison of its owner.
 */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { type Actor, type SystemActor, systemActor, type UserActor } from '@/lib/domain/users/actor'
import { claimJob, type Job } from '@/lib/services/data/jobs/jobs'
import { signInEnded } from '@/lib/services/data/messages/causes'
import { lowBalanceEnded } from '@/lib/services/data/messages/money-at-banks'
import { execute, transaction } from '@/lib/services/data/sql/query'
import {
  audit,
  auditedChange,
  dbNow,
  isUuid,
  jsonb,
  notFound
} from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType, typed } from '@/lib/services/data/sql/row-type'
import { bankConnections, connectionTasks, linkedAccounts } from '@/xata/schema'

const system = systemActor('connections')

export type HistoryChoice = 'keep' | 'erase'
export type ConnectionJob = Job<'task'> & {
  connectionId: string
  userId: string
  taskKind: 'remove' | 'move_webhook' | 'rotate_token' | 'compare_owner'
  history: HistoryChoice | null
}

/**
 * Enqueues a job, due now, for each connection of the CTE (id, user_id); an existing one is
 * repeated.
 */
export const enqueueConnectionJob = (
  from: SQL,
  kind: ConnectionJob['taskKind'],
  history: HistoryChoice | null
): SQL => sql`
  insert into ${connectionTasks} as t (id, user_id, connection_id, kind, history, run_at) select gen_random_uuid(), f.user_id, f.id, ${kind}, ${history}, ${dbNow()} from ${from} f
  on conflict (connection_id, kind) do update set history = excluded.history, run_at = excluded.run_at, updated_at = now(),
    status = case when t.status = 'in_progress' then t.status else 'pending' end, attempts = case when t.status = 'in_progress' then t.attempts else 0 end
  returning t.id`

/**
 * Disconnects the bank: it is no longer read, and its removal at Plaid is queued. A removed
 * connection stays removed; its history can still be erased. @throws RequestError not_found.
 */
export async function requestRemoval(
  actor: UserActor,
  connectionId: string,
  history: HistoryChoice
): Promise<'removed' | 'requested'> {
  if (!isUuid(connectionId)) throw notFound('connection')
  const [, [found]] = await transaction(actor, [
    auditedChange(
      actor,
      sql`update ${bankConnections} set leaving_at = coalesce(leaving_at, ${dbNow()}), updated_at = now()
        where id = ${connectionId}::uuid and user_id = ${actor.userId} and removed_at is null returning id, user_id`,
      {
        action: 'connection.removal_requested',
        subject: sql`id`,
        detail: jsonb({ history }),
        also: sql`task as (${enqueueConnectionJob(sql`changed`, 'remove', history)}), ${signInEnded(sql`changed`)},
          ${lowBalanceEnded(sql`(select l.id, l.user_id from ${linkedAccounts} l join changed c on c.id = l.connection_id)`)}`
      }
    ),
    typed(
      rowType({ removed: column.bool }),
      sql`select removed_at is not null as removed from ${bankConnections} where id = ${connectionId}::uuid and user_id = ${actor.userId}`
    )
  ])
  if (!found) throw notFound('connection')
  return found.removed ? 'removed' : 'requested'
}

/** Queues an update for every Item with another webhook address. @returns how many. */
export async function requestWebhookUpdates(app: SystemActor, url: string): Promise<number> {
  const moved = await execute(
    app,
    sql`with target as (
      select c.id, c.user_id from ${bankConnections} c where c.removed_at is null and c.leaving_at is null and c.status <> 'revoked' and c.webhook_url is distinct from ${url}
        and not exists (select 1 from ${connectionTasks} t where t.connection_id = c.id and t.kind = 'move_webhook' and t.status in ('pending', 'in_progress'))
    ), task as (${enqueueConnectionJob(sql`target`, 'move_webhook', null)}),
    ${audit(app, sql`target`, { action: 'connection.webhook_moves_requested', detail: sql`jsonb_build_object('connections', (select count(*) from target))` })}
    select id from task`
  )
  return moved
}

/** Stores the webhook address that Plaid confirmed. */
export async function saveWebhookUrl(connectionId: string, url: string): Promise<void> {
  await execute(
    system,
    sql`update ${bankConnections} set webhook_url = ${url}, updated_at = now() where id = ${connectionId}::uuid and removed_at is null`
  )
}

/** The job that has waited longest, or the one of this connection; null if none is due. */
export function claimConnectionJob(
  actor: Actor,
  {
    leaseMs,
    connectionId,
    kind
  }: { leaseMs: number; connectionId?: string; kind?: ConnectionJob['taskKind'] }
): Promise<ConnectionJob | null> {
  const ofConnection =
    connectionId === undefined ? sql`true` : sql`j.connection_id = ${connectionId}::uuid`
  const ofKind = kind === undefined ? sql`true` : sql`j.kind = ${kind}`
  return claimJob(actor, 'task', {
    leaseMs,
    columns: {
      type: rowType({
        connectionId: connectionTasks.connectionId,
        userId: connectionTasks.userId,
        taskKind: column.textOf<ConnectionJob['taskKind']>(),
        history: nullable(column.textOf<HistoryChoice>())
      }),
      select: sql`job.connection_id as "connectionId", job.user_id as "userId", job.kind as "taskKind", job.history`
    },
    where: sql`${ofConnection} and ${ofKind}`
  })
}
