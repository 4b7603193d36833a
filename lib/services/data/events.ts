import 'server-only'
import type { Person } from '../../domain/actor'
import type { LinkEvent } from '../../domain/bank-connection'
import type { VendorEvent } from '../../platform/vendor-call'
import { instant, isId, rows, sql, uuid } from './query'

/** One row per vendor call. A row that cannot be written is lost; the call it tells of is not. */
export async function recordVendorEvent(event: VendorEvent): Promise<void> {
  const connectionId = event.connectionId && isId(event.connectionId) ? event.connectionId : null
  await rows(sql`insert into vendor_events (id, service, method, request_id, user_id, connection_id, duration_ms, error_type, error_code, created_at)
    values (${uuid()}::uuid, ${event.service}, ${event.method}, ${event.requestId}, ${event.userId}, ${connectionId}::uuid, ${Math.round(event.durationMs)},
      ${event.errorType}, ${event.errorCode}, ${instant()})`).catch(() => [])
}

/** How a visit to Link ended. */
export async function recordLinkEvent(person: Person, event: LinkEvent): Promise<void> {
  await rows(sql`insert into link_events (id, user_id, type, link_session_id, request_id, status, error_type, error_code, institution_id, created_at)
    values (${uuid()}::uuid, ${person.userId}, ${event.type}, ${event.linkSessionId}, ${event.requestId}, ${event.status}, ${event.errorType}, ${event.errorCode},
      ${event.institutionId}, ${instant()})`)
}
