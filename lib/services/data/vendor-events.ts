import 'server-only'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { LinkEvent } from '@/lib/domain/connections/connection'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import type { OrphanedItems } from '@/lib/domain/users/admin'
import type { VendorEvent } from '@/lib/platform/vendor-call'
import { execute, query, queryOne } from '@/lib/services/data/sql/query'
import { dbNow, isUuid } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { isErased } from '@/lib/services/data/users/deletion-pending'
import { bankConnections, linkEvents, linkSessions, vendorEvents } from '@/xata/schema'

const system = systemActor('vendor_events')

const ORPHANS_SHOWN = 100

/** Records one vendor call. Never throws: a lost row must not fail the call. */
export async function recordVendorEvent(event: VendorEvent): Promise<void> {
  const { service, method, requestId, userId, connectionId, durationMs, errorType, errorCode } =
    event
  await execute(
    system,
    sql`insert into ${vendorEvents} (id, service, method, request_id, user_id, connection_id, duration_ms, error_type, error_code, created_at)
    values (${randomUUID()}, ${service}, ${method}, ${requestId}, (select ${userId}::text where not ${userId ? isErased(userId) : sql`false`}), ${connectionId && isUuid(connectionId) ? connectionId : null},
      ${Math.round(durationMs)}, ${errorType}, ${errorCode}, ${dbNow()})`
  ).catch(() => undefined)
}

/**
 * Records how a Link session ended and its connection: the named one, else the one that the session
 * created. Another user’s connection is ignored. Ends the session.
 */
export async function recordLinkEvent(actor: UserActor, event: LinkEvent): Promise<void> {
  const connectionId = event.connectionId && isUuid(event.connectionId) ? event.connectionId : null
  const sessionId = event.visit && isUuid(event.visit) ? event.visit : null
  await execute(
    actor,
    sql`with ended as (
      update ${linkSessions} set used_at = coalesce(used_at, ${dbNow()}) where id = ${sessionId}::uuid and user_id = ${actor.userId} returning connection_id
    )
    insert into ${linkEvents} (id, user_id, connection_id, type, link_session_id, request_id, status, error_type, error_code, institution_id, created_at)
    values (${randomUUID()}, ${actor.userId},
      (select id from ${bankConnections} where user_id = ${actor.userId}
        and (id = ${connectionId}::uuid or id = (select connection_id from ended) or link_session_id = ${event.linkSessionId})
        order by (id = ${connectionId}::uuid) is true desc, (id = (select connection_id from ended)) is true desc limit 1),
      ${event.type}, ${event.linkSessionId}, ${event.requestId}, ${event.status}, ${event.errorType}, ${event.errorCode}, ${event.institutionId}, ${dbNow()})`
  )
}

/**
 * Link sessions without a resulting connection that may have left an Item at Plaid. The newest row
 * per session.
 */
const orphans = sql`(select distinct on (coalesce(e.link_session_id, e.id::text)) e.* from ${linkEvents} e where e.type = 'orphan'
  and not exists (select 1 from ${bankConnections} c where c.link_session_id = e.link_session_id)
  order by coalesce(e.link_session_id, e.id::text), e.created_at desc)`

const ORPHAN = rowType({
  id: linkEvents.id,
  userId: linkEvents.userId,
  linkSessionId: linkEvents.linkSessionId,
  institutionId: linkEvents.institutionId,
  requestId: linkEvents.requestId,
  errorCode: linkEvents.errorCode,
  at: linkEvents.createdAt,
  count: column.int4
})

/** Records that an Item may be left at Plaid. @returns the number of such sessions. */
export async function recordOrphanedItem(actor: UserActor, event: LinkEvent): Promise<number> {
  await recordLinkEvent(actor, event)
  return (
    (
      await queryOne(
        system,
        rowType({ n: column.int4 }),
        sql`select count(*)::int as n from ${orphans} o`
      )
    )?.n ?? 0
  )
}

/** Items that may be left at Plaid, newest first, and their total. */
export async function listOrphanedItems(): Promise<OrphanedItems> {
  const found = await query(
    system,
    ORPHAN,
    sql`select o.id, o.user_id as "userId", o.link_session_id as "linkSessionId",
    o.institution_id as "institutionId", o.request_id as "requestId", o.error_code as "errorCode", o.created_at as at, count(*) over ()::int as count
    from ${orphans} o order by o.created_at desc, o.id limit ${ORPHANS_SHOWN}::int`
  )
  return { count: found[0]?.count ?? 0, items: found.map(({ count: _, ...item }) => item) }
}
