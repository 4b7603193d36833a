/** E-mails that say that a bank needs its person, as work. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { bankConnections, notices, preferences, users } from '../../../xata/schema'
import type { System } from '../../domain/actor'
import { type ItemStatus, NEEDS_PERSON } from '../../domain/bank-connection'
import { backoff } from '../../domain/progress'
import { audit, json, mayPass, moment, span } from './fragments'
import { row, rows } from './storage'

/** A fault that nobody knows may pass; after so many attempts it is taken for permanent. */
const ATTEMPTS = 8

export type Notice = { id: string; userId: string; connectionId: string; attempts: number; leaseToken: string }

const needsPerson = (status: SQL): SQL => sql`${status} in (select jsonb_array_elements_text(${json(NEEDS_PERSON)}))`

/**
 * The CTE that owes a notice where trouble that only the person can end has just begun. `from` has the connection's id, user_id, status and what it was before.
 * Trouble that comes and goes within a day is told once; a notice that was dropped told nobody, so it does not count.
 */
export const addNotice = (from: SQL): SQL => sql`insert into ${notices} (id, user_id, connection_id, trouble, run_at, created_at)
  select gen_random_uuid(), f.user_id, f.id, f.status, ${moment()}, ${moment()} from ${from} f
  where ${needsPerson(sql`f.status`)} and not ${needsPerson(sql`f.was`)}
    and not exists (select 1 from ${notices} n where n.connection_id = f.id and (n.status = 'pending' or ${sentLately(sql`n`)}))`

const sentLately = (notice: SQL): SQL =>
  sql`(${notice}.status = 'completed' and ${notice}.code is null and ${notice}.finished_at > ${moment()} - interval '1 day')`

/** Takes the notice that has waited longest; null when none is due. One whose holder went silent is due again. */
export async function claimNotice(_app: System, { leaseMs }: { leaseMs: number }): Promise<Notice | null> {
  const leaseToken = randomUUID()
  const found = await row<{ id: string; user_id: string; connection_id: string; attempts: number }>(sql`update ${notices} set status = 'in_progress',
      attempts = attempts + 1, lease_token = ${leaseToken}::uuid, lease_until = ${moment()} + ${span(leaseMs)}, started_at = ${moment()}, updated_at = now()
    where id = (select id from ${notices}
      where (status = 'pending' and run_at <= ${moment()}) or (status = 'in_progress' and lease_until < ${moment()})
      order by run_at, created_at limit 1 for update skip locked)
    returning id, user_id, connection_id, attempts`)
  return found && { id: found.id, userId: found.user_id, connectionId: found.connection_id, attempts: found.attempts, leaseToken }
}

/** `told`: a mail about the same bank went out within a day. */
export type NoticeFacts = {
  institutionName: string
  status: ItemStatus
  errorCode: string | null
  leaving: boolean
  wanted: boolean
  told: boolean
  email: string | null
}

/** What the notice is about, as it is by now. */
export async function findNoticeFacts(_app: System, { connectionId }: Notice): Promise<NoticeFacts | null> {
  return row<NoticeFacts>(sql`select c.institution_name as "institutionName", c.status, c.error_code as "errorCode", (c.leaving_at is not null or c.removed_at is not null) as leaving,
      coalesce(p.email_notices, true) as wanted, exists (select 1 from ${notices} n where n.connection_id = c.id and ${sentLately(sql`n`)}) as told, u.email
    from ${bankConnections} c join ${users} u on u.id = c.user_id left join ${preferences} p on p.user_id = c.user_id where c.id = ${connectionId}::uuid`)
}

const held = ({ id, leaseToken }: Notice): SQL => sql`id = ${id}::uuid and lease_token = ${leaseToken}::uuid and status = 'in_progress'`

/** It was sent, or nobody needs it any more: `code` says why not. */
export async function completeNotice(app: System, notice: Notice, code: string | null): Promise<void> {
  await rows(sql`with changed as (
      update ${notices} set status = 'completed', code = ${code}, service = null, finished_at = ${moment()}, lease_until = null, lease_token = null, updated_at = now()
      where ${held(notice)} returning connection_id, user_id
    ), audited as (${audit(app, sql`changed`, { action: code ? 'notice.dropped' : 'notice.sent', subject: sql`connection_id`, detail: json({ code }) })}) select 1`)
}

/** It waits for another attempt, longer each time, where that can help; `retryable` null where nobody knows, which ends after eight. */
export async function failNotice(notice: Notice, { service, code, retryable }: { service: string; code: string; retryable: boolean | null }): Promise<void> {
  await rows(sql`update ${notices} set status = case when ${mayPass(retryable, sql`attempts`, ATTEMPTS)} then 'pending' else 'failed' end,
      service = ${service}, code = ${code}, run_at = ${moment()} + ${span(backoff(notice.attempts, Math.random))}, finished_at = ${moment()},
      lease_until = null, lease_token = null, updated_at = now() where ${held(notice)}`)
}
