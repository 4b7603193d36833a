/** What is owed to Plaid about a connection, as work: its removal, and its webhook's new address. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { bankConnections, connectionTasks } from '../../../xata/schema'
import type { Actor, Person, System } from '../../domain/actor'
import { pauseAfter } from '../../domain/progress'
import { audit, bump, isUuid, json, moment, notFound, ownedBy, span } from './fragments'
import { atomic, row, rows } from './storage'

export type History = 'keep' | 'erase'
export type ConnectionTask = {
  id: string
  connectionId: string
  userId: string
  kind: 'remove' | 'move_webhook'
  history: History | null
  attempts: number
  leaseToken: string
}

/** For a CTE with connections' id and user_id: a task for each, due now; one that is there already is done anew. */
export const addTask = (from: SQL, kind: ConnectionTask['kind'], history: History | null): SQL => sql`
  insert into ${connectionTasks} as t (id, user_id, connection_id, kind, history, run_at) select gen_random_uuid(), f.user_id, f.id, ${kind}, ${history}, ${moment()} from ${from} f
  on conflict (connection_id, kind) do update set history = excluded.history, run_at = excluded.run_at, updated_at = now(),
    status = case when t.status = 'in_progress' then t.status else 'pending' end, attempts = case when t.status = 'in_progress' then t.attempts else 0 end
  returning t.id`

/**
 * Writes down that the person leaves this bank: nothing is read from it any more, and its removal at Plaid is owed. What was removed already
 * stays so; its history can still be erased. @throws RequestError not_found.
 */
export async function requestRemoval(person: Person, connectionId: string, history: History): Promise<'removed' | 'requested'> {
  if (!isUuid(connectionId)) throw notFound('connection')
  const [, [found]] = (await atomic([
    sql`with changed as (
        update ${bankConnections} set leaving_at = coalesce(leaving_at, ${moment()}), updated_at = now()
        where id = ${connectionId}::uuid and user_id = ${person.userId} and removed_at is null returning id, user_id
      ), task as (${addTask(sql`changed`, 'remove', history)}),
      audited as (${audit(person, sql`changed`, { action: 'connection.removal_requested', subject: sql`id`, detail: json({ history }) })}),
      bumped as (${bump(sql`changed`)}) select 1 from changed`,
    sql`select removed_at is not null as removed from ${bankConnections} where id = ${connectionId}::uuid and user_id = ${person.userId}`
  ])) as [unknown, { removed: boolean }[]]
  if (!found) throw notFound('connection')
  return found.removed ? 'removed' : 'requested'
}

/** Owes every Item whose webhooks go elsewhere its new address. @returns how many. */
export async function requestWebhookMoves(app: System, url: string): Promise<number> {
  const moved = await rows(sql`with target as (
      select c.id, c.user_id from ${bankConnections} c where c.removed_at is null and c.leaving_at is null and c.status <> 'revoked' and c.webhook_url is distinct from ${url}
        and not exists (select 1 from ${connectionTasks} t where t.connection_id = c.id and t.kind = 'move_webhook' and t.status in ('pending', 'in_progress'))
    ), task as (${addTask(sql`target`, 'move_webhook', null)}),
    audited as (${audit(app, sql`target`, { action: 'connection.webhook_moves_requested', detail: sql`jsonb_build_object('connections', (select count(*) from target))` })})
    select id from task`)
  return moved.length
}

/** The address that Plaid has confirmed by its answer. */
export async function storeWebhookUrl(_app: System, connectionId: string, url: string): Promise<void> {
  await rows(sql`update ${bankConnections} set webhook_url = ${url}, updated_at = now() where id = ${connectionId}::uuid and removed_at is null`)
}

type TaskRow = { id: string; connection_id: string; user_id: string; kind: ConnectionTask['kind']; history: History | null; attempts: number }

/** Takes the task that has waited longest, or the one of this connection; null when none is due. One whose holder went silent is due again. */
export async function claimConnectionTask(
  actor: Actor,
  { leaseMs, connectionId, kind }: { leaseMs: number; connectionId?: string; kind?: ConnectionTask['kind'] }
): Promise<ConnectionTask | null> {
  const leaseToken = randomUUID()
  const one = sql`${connectionId === undefined ? sql`true` : sql`t.connection_id = ${connectionId}::uuid`} and ${kind === undefined ? sql`true` : sql`t.kind = ${kind}`}`
  const found = await row<TaskRow>(sql`update ${connectionTasks} set status = 'in_progress', attempts = attempts + 1, lease_token = ${leaseToken}::uuid,
      lease_until = ${moment()} + ${span(leaseMs)}, started_at = ${moment()}, finished_at = null, service = null, code = null, updated_at = now()
    where id = (
      select t.id from ${connectionTasks} t join ${bankConnections} c on c.id = t.connection_id
      where ((t.status = 'pending' and t.run_at <= ${moment()}) or (t.status = 'in_progress' and t.lease_until < ${moment()}))
        and c.removed_at is null and ${one} and ${ownedBy(actor, sql`t.user_id`)}
      order by t.run_at, t.created_at limit 1 for update of t skip locked)
    returning id, connection_id, user_id, kind, history, attempts`)
  if (!found) return null
  const { id, connection_id, user_id, history, attempts } = found
  return { id, connectionId: connection_id, userId: user_id, kind: found.kind, history, attempts, leaseToken }
}

/** It waits for another attempt, longer each time: what is owed is owed until it is done. */
export async function failConnectionTask(
  task: ConnectionTask,
  { service, code, retryAfterMs }: { service: string; code: string; retryAfterMs: number | null }
): Promise<void> {
  const pause = pauseAfter(task.attempts, retryAfterMs, Math.random)
  await rows(sql`update ${connectionTasks} set status = 'pending', service = ${service}, code = ${code}, run_at = ${moment()} + ${span(pause)},
      lease_until = null, lease_token = null, finished_at = ${moment()}, updated_at = now() where ${held(task)}`)
}

/** @throws nothing where the task was taken over meanwhile: whoever has it ends it. */
export async function completeConnectionTask(task: ConnectionTask): Promise<void> {
  await rows(
    sql`update ${connectionTasks} set status = 'completed', lease_until = null, lease_token = null, finished_at = ${moment()}, updated_at = now() where ${held(task)}`
  )
}

/** As a condition on the task's row. */
const held = (task: ConnectionTask): SQL => sql`id = ${task.id}::uuid and lease_token = ${task.leaseToken}::uuid and status = 'in_progress'`
