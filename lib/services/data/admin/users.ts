/** Users as admins see them: progress and failures, never balances, transactions or payees. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { type AdminActor, systemActor } from '@/lib/domain/users/actor'
import type { ActivityTimeline, UserSummary } from '@/lib/domain/users/admin'
import { isRecentApproval } from '@/lib/services/data/admin/approvals'
import { after, LIMIT, toPage } from '@/lib/services/data/admin/pagination'
import { auditRows } from '@/lib/services/data/audit/columns'
import { execute, query, transaction } from '@/lib/services/data/sql/query'
import { audit, dbNow, interval, notFound } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType, typed } from '@/lib/services/data/sql/row-type'
import {
  adminApprovals,
  applications,
  auditEntries,
  bankAccounts,
  bankConnections,
  deletionRequests,
  linkEvents,
  quarantine,
  syncRuns,
  transferLocks,
  users,
  vendorEvents,
  webhookDeliveries
} from '@/xata/schema'

const system = systemActor('admin')

const MAX_ENTRIES = 60
const APPROVED_FOR_MS = 24 * 3_600_000

const SUMMARY = rowType({
  id: users.id,
  email: users.email,
  createdAt: users.createdAt,
  /** The time as text, to the microsecond. */
  key: column.text,
  applicationStatus: nullable(column.text),
  accountStatus: nullable(column.text),
  deletion: nullable(column.text),
  lockedAt: nullable(column.timestamptz),
  approvals: column.int4,
  connections: column.int4,
  broken: column.int4
})
const summary =
  (): SQL => sql`select u.id, u.email, u.created_at as "createdAt", u.created_at::text as key, a.status as "applicationStatus", b.status as "accountStatus", d.status as deletion,
    (select max(l.created_at) from ${transferLocks} l where l.user_id = u.id and l.lifted_at is null) as "lockedAt",
    (select count(*)::int from ${adminApprovals} p where p.user_id = u.id and ${isRecentApproval(sql`p`, APPROVED_FOR_MS)}) as approvals,
    (select count(*)::int from ${bankConnections} c where c.user_id = u.id and c.removed_at is null) as connections,
    (select count(*)::int from ${bankConnections} c where c.user_id = u.id and c.removed_at is null and c.status <> 'good') as broken
  from ${users} u left join ${applications} a on a.user_id = u.id left join ${bankAccounts} b on b.user_id = u.id left join ${deletionRequests} d on d.user_id = u.id`

/**
 * Users, newest first, 50 at a time. `text` matches part of the e-mail address or a whole id of
 * ours or of a vendor; empty text matches every user.
 */
export async function listUsers({
  text,
  cursor
}: {
  text: string
  cursor: string | null
}): Promise<{ items: UserSummary[]; next: string | null }> {
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const found = sql`${text} = '' or u.email ilike ${like} or u.id = ${text} or a.jiko_application_id = ${text} or b.jiko_pocket_id = ${text}
    or exists (select 1 from ${bankConnections} c where c.user_id = u.id and (c.plaid_item_id = ${text} or c.id::text = ${text}))`
  return toPage(
    await query(
      system,
      SUMMARY,
      sql`${summary()} where (${found}) and ${after(cursor, sql`u.created_at`, sql`u.id`)}
      order by u.created_at desc, u.id desc limit ${LIMIT}::int`
    )
  )
}

/** Records that an admin views a user, with the reason. @throws RequestError not_found. */
export async function recordAccess(
  admin: AdminActor,
  { userId, reason }: { userId: string; reason: string }
): Promise<void> {
  const looked = await execute(
    admin,
    sql`with changed as (select id as user_id from ${users} where id = ${userId}),
    ${audit(admin, sql`changed`, { action: 'admin.person_viewed', subject: sql`user_id`, reason })} select 1 from changed`
  )
  if (!looked) throw notFound('person')
}

/** Whether the admin gave a reason for viewing this user within `withinMs`. */
export async function hasAccess(
  admin: AdminActor,
  { userId, withinMs }: { userId: string; withinMs: number }
): Promise<boolean> {
  return (
    (await execute(
      admin,
      sql`select 1 from ${auditRows} where user_id = ${userId} and actor_id = ${admin.userId} and action = 'admin.person_viewed'
      and created_at > ${dbNow()} - ${interval(withinMs)} limit 1`
    )) > 0
  )
}

const CONNECTION = rowType({
  id: bankConnections.id,
  itemId: bankConnections.plaidItemId,
  linkSessionId: bankConnections.linkSessionId,
  institutionName: bankConnections.institutionName,
  status: bankConnections.status,
  errorType: bankConnections.errorType,
  errorCode: bankConnections.errorCode,
  lastSyncedAt: bankConnections.lastSyncedAt,
  gone: column.bool,
  quarantined: column.int4
})
const LINK_EVENT = rowType({
  id: linkEvents.id,
  type: linkEvents.type,
  status: linkEvents.status,
  errorType: linkEvents.errorType,
  errorCode: linkEvents.errorCode,
  requestId: linkEvents.requestId,
  linkSessionId: linkEvents.linkSessionId,
  itemId: nullable(bankConnections.plaidItemId),
  institutionId: linkEvents.institutionId,
  at: linkEvents.createdAt
})
const CALL = rowType({
  id: vendorEvents.id,
  service: vendorEvents.service,
  method: vendorEvents.method,
  requestId: vendorEvents.requestId,
  errorType: vendorEvents.errorType,
  errorCode: vendorEvents.errorCode,
  durationMs: vendorEvents.durationMs,
  at: vendorEvents.createdAt
})
const RUN = rowType({
  id: syncRuns.id,
  trigger: syncRuns.trigger,
  status: syncRuns.status,
  attempts: syncRuns.attempts,
  service: syncRuns.service,
  code: syncRuns.code,
  at: syncRuns.createdAt
})
const DELIVERY = rowType({
  id: webhookDeliveries.id,
  vendor: webhookDeliveries.vendor,
  type: webhookDeliveries.type,
  eventCode: webhookDeliveries.eventCode,
  status: webhookDeliveries.status,
  attempts: webhookDeliveries.attempts,
  code: webhookDeliveries.code,
  at: webhookDeliveries.createdAt
})
const AUDITED = rowType({
  id: auditEntries.id,
  actor: column.text,
  action: auditEntries.action,
  at: auditEntries.createdAt
})

/** A user's state and events, newest first. @throws RequestError not_found. */
export async function getActivityTimeline(userId: string): Promise<ActivityTimeline> {
  const newest = sql`order by created_at desc, id limit ${MAX_ENTRIES}::int`
  const [[found], connections, links, calls, runs, deliveries, log] = await transaction(system, [
    typed(SUMMARY, sql`${summary()} where u.id = ${userId}`),
    typed(
      CONNECTION,
      sql`select id, plaid_item_id as "itemId", link_session_id as "linkSessionId", institution_name as "institutionName", status, error_type as "errorType",
        error_code as "errorCode", last_synced_at as "lastSyncedAt", removed_at is not null as gone,
        (select count(*)::int from ${quarantine} q where q.connection_id = ${bankConnections}.id) as quarantined
      from ${bankConnections} where user_id = ${userId} ${newest}`
    ),
    typed(
      LINK_EVENT,
      sql`select e.id, e.type, e.status, e.error_type as "errorType", e.error_code as "errorCode", e.request_id as "requestId", e.link_session_id as "linkSessionId",
        c.plaid_item_id as "itemId", e.institution_id as "institutionId", e.created_at as at
      from ${linkEvents} e left join ${bankConnections} c on c.id = e.connection_id where e.user_id = ${userId} order by e.created_at desc, e.id limit ${MAX_ENTRIES}::int`
    ),
    typed(
      CALL,
      sql`select id, service, method, request_id as "requestId", error_type as "errorType", error_code as "errorCode", duration_ms as "durationMs", created_at as at
      from ${vendorEvents} where user_id = ${userId} ${newest}`
    ),
    typed(
      RUN,
      sql`select id, trigger, status, attempts, service, code, created_at as at from ${syncRuns} where user_id = ${userId} ${newest}`
    ),
    typed(
      DELIVERY,
      sql`select id, vendor, type, event_code as "eventCode", status, attempts, code, created_at as at from ${webhookDeliveries} where vendor_object_id in (
      select ${userId}::text union all select plaid_item_id from ${bankConnections} where user_id = ${userId}
      union all select jiko_application_id from ${applications} where user_id = ${userId} union all select jiko_pocket_id from ${bankAccounts} where user_id = ${userId}) ${newest}`
    ),
    typed(
      AUDITED,
      sql`select id, case when actor_id = ${userId} then 'the user' when actor_kind = 'person' then 'an admin' else actor_id end as actor, action, created_at as at
      from ${auditRows} where user_id = ${userId} ${newest}`
    )
  ])
  if (!found) throw notFound('person')
  const { key: _, ...person } = found
  return { person, connections, linkEvents: links, calls, runs, deliveries, audit: log }
}
