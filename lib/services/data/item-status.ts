import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { bankConnections } from '../../../xata/schema'
import type { Actor } from '../../domain/actor'
import type { ItemStatus } from '../../domain/bank-connection'
import { audit, bump, instant, isUuid, json, notFound, ownedBy } from './fragments'
import { row } from './storage'

export type ItemState = {
  status: ItemStatus
  errorType: string | null
  errorCode: string | null
  /** Absent means: as it was. */
  consentExpiresAt?: string | null
  bankDataAt?: string | null
}

/** Keeps what Plaid says about the Item; an audit row only where that is news. @throws RequestError not_found. */
export async function storeItemStatus(actor: Actor, connectionId: string, state: ItemState): Promise<void> {
  const found = isUuid(connectionId) ? await row(sql`with ${itemUpdate(actor, sql`${connectionId}::uuid`, state)} select id from stored`) : null
  if (!found) throw notFound('connection')
}

/**
 * The CTEs `before`, `stored` and `changed` with their audit row, for a statement that changes the Item among other things: `also` are further
 * columns to set, `tell` is the CTE whose users are told, by default those whose Item changed.
 */
export function itemUpdate(actor: Actor, connectionId: SQL, state: ItemState, { also = sql``, tell = sql`changed` }: { also?: SQL; tell?: SQL } = {}): SQL {
  const next = sql`(${state.status}::text, ${state.errorType}::text, ${state.errorCode}::text)`
  const consent = state.consentExpiresAt === undefined ? sql`` : sql`, consent_expires_at = ${instant(state.consentExpiresAt)}`
  const fresh = state.bankDataAt ? sql`, bank_data_at = greatest(c.bank_data_at, ${instant(state.bankDataAt)})` : sql``
  return sql`before as (
      select id, (status, error_type, error_code) is distinct from ${next} as moved from ${bankConnections}
      where id = ${connectionId} and removed_at is null and ${ownedBy(actor, sql`user_id`)}
    ), stored as (
      update ${bankConnections} c set (status, error_type, error_code) = ${next}, updated_at = now()${consent}${fresh}${also}
      from before where c.id = before.id returning c.id, c.user_id, before.moved
    ), changed as (select id, user_id from stored where moved),
    audited as (${audit(actor, sql`changed`, { action: 'connection.status_changed', subject: sql`id`, detail: json({ status: state.status, code: state.errorCode }) })}),
    bumped as (${bump(tell)})`
}
