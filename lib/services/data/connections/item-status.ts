import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import {
  ANNOUNCED,
  type AnnouncedStatus,
  type ItemStatus,
  isAnnounced
} from '@/lib/domain/connections/connection'
import { nextStatus } from '@/lib/domain/connections/connection-states'
import type { Actor } from '@/lib/domain/users/actor'
import { enqueueEmail } from '@/lib/services/data/jobs/emails'
import { execute } from '@/lib/services/data/sql/query'
import {
  audit,
  auditedChange,
  bumpUserVersion,
  dbNow,
  isUuid,
  jsonb,
  notFound,
  ownedBy,
  timestamptz
} from '@/lib/services/data/sql/query-helpers'
import { bankConnections } from '@/xata/schema'

export type ItemState = {
  status: ItemStatus
  errorType: string | null
  errorCode: string | null
  /** Absent means: as it was. */
  consentExpiresAt?: string | null
  bankDataAt?: string | null
  /** An end of access that was announced, and when it comes. It stays, whatever else is said, until `repaired`. */
  announced?: { status: AnnouncedStatus; until: string | null } | null
  /** The person's new sign-in was verified, or Plaid says that the login was repaired: nothing that was announced before holds. */
  repaired?: boolean
  /** What the person has consented to, and what the bank offers beyond that. */
  products?: readonly string[]
  availableProducts?: readonly string[]
}

/** Keeps what Plaid says about the Item; an audit row only where that is news. @throws RequestError not_found. */
export async function saveItemStatus(
  actor: Actor,
  connectionId: string,
  state: ItemState
): Promise<void> {
  const found = isUuid(connectionId)
    ? await execute(
        sql`with ${updateItemCtes(actor, sql`${connectionId}::uuid`, state)} select id from stored`
      )
    : null
  if (!found) throw notFound('connection')
}

/** Keeps that the bank has accounts the person has not chosen from yet. A connection that is gone is left alone. */
export async function markNewAccounts(actor: Actor, connectionId: string): Promise<void> {
  await execute(
    auditedChange(
      actor,
      sql`update ${bankConnections} set new_accounts_at = ${dbNow()}, updated_at = now()
      where id = ${connectionId}::uuid and removed_at is null and new_accounts_at is null and ${ownedBy(actor, sql`user_id`)} returning id, user_id`,
      { action: 'connection.accounts_offered', subject: sql`id` }
    )
  )
}

/**
 * The CTEs `before`, `stored` and `changed` with their audit row, for a statement that changes the Item among other things: `also` are further
 * columns to set, `tell` is the CTE whose users are told, by default those whose Item changed.
 */
export function updateItemCtes(
  actor: Actor,
  connectionId: SQL,
  state: ItemState,
  { also = sql``, notify = sql`changed` }: { also?: SQL; notify?: SQL } = {}
): SQL {
  const after = (row: SQL) =>
    sql`(${nextStatusSql(state, row)}, ${state.errorType}::text, ${state.errorCode}::text)`
  const { announced, endsAt } = announcement(state, sql`c`)
  const consent =
    state.consentExpiresAt === undefined
      ? sql``
      : sql`, consent_expires_at = ${timestamptz(state.consentExpiresAt)}`
  const fresh = state.bankDataAt
    ? sql`, bank_data_at = greatest(c.bank_data_at, ${timestamptz(state.bankDataAt)})`
    : sql``
  const products = state.products ? sql`, products = ${jsonb(state.products)}` : sql``
  const available = state.availableProducts
    ? sql`, available_products = ${jsonb(state.availableProducts)}`
    : sql``
  return sql`before as (
      select k.id, k.status as was, (k.status, k.error_type, k.error_code) is distinct from ${after(sql`k`)} as moved from ${bankConnections} k
      where k.id = ${connectionId} and k.removed_at is null and ${ownedBy(actor, sql`k.user_id`)}
    ), stored as (
      update ${bankConnections} c set (status, error_type, error_code) = ${after(sql`c`)}, announced = ${announced}, ends_at = ${endsAt},
        updated_at = now()${consent}${fresh}${products}${available}${also}
      from before where c.id = before.id returning c.id, c.user_id, c.status, before.was, before.moved
    ), changed as (select id, user_id, status, was from stored where moved),
    told_by_mail as (${enqueueEmail(sql`changed`)}),
    audited as (${audit(actor, sql`changed`, { action: 'connection.status_changed', subject: sql`id`, detail: sql`jsonb_build_object('status', status, 'code', ${state.errorCode}::text)` })}),
    bumped as (${bumpUserVersion(notify)})`
}

/** `nextStatus` for the announcement that the row will have. */
function nextStatusSql(state: ItemState, row: SQL): SQL {
  const { announced } = announcement(state, row)
  const cases = ANNOUNCED.map(
    (end) => sql`when ${announced} = ${end} then ${nextStatus(state.status, end)}::text`
  )
  return sql`case ${sql.join(cases, sql` `)} else ${nextStatus(state.status, null)}::text end`
}

function announcement(
  { status, announced, consentExpiresAt, repaired }: ItemState,
  row: SQL
): { announced: SQL; endsAt: SQL } {
  const told =
    announced ?? (isAnnounced(status) ? { status, until: consentExpiresAt ?? null } : null)
  if (told)
    return {
      announced: sql`${told.status}::text`,
      endsAt: sql`coalesce(${timestamptz(told.until)}, ${row}.ends_at)`
    }
  return repaired
    ? { announced: sql`null::text`, endsAt: sql`null::timestamptz` }
    : { announced: sql`${row}.announced`, endsAt: sql`${row}.ends_at` }
}
