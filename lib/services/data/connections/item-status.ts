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
import { enqueueEmail, needsUserAction } from '@/lib/services/data/jobs/emails'
import { signInEnded } from '@/lib/services/data/messages/causes'
import { told } from '@/lib/services/data/messages/messages'
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
  /** Absent fields keep their value. */
  consentExpiresAt?: string | null
  bankDataAt?: string | null
  /** An announced end of access and its date. It stays until `repaired`. */
  announced?: { status: AnnouncedStatus; until: string | null } | null
  /**
   * The user’s new sign-in was verified, or Plaid reports a repaired login: earlier announcements
   * end.
   */
  repaired?: boolean
  /** The products with consent, and those that the bank offers beyond them. */
  products?: readonly string[]
  availableProducts?: readonly string[]
}

/**
 * Stores Plaid’s status of the Item, with an audit row if it changed. @throws RequestError
 * not_found.
 */
export async function saveItemStatus(
  actor: Actor,
  connectionId: string,
  state: ItemState
): Promise<void> {
  const found = isUuid(connectionId)
    ? await execute(
        actor,
        sql`with ${updateItemCtes(actor, sql`${connectionId}::uuid`, state)} select id from stored`
      )
    : null
  if (!found) throw notFound('connection')
}

/**
 * Records that the bank has accounts that the user has not selected yet. Ignored for a removed
 * connection.
 */
export async function markNewAccounts(actor: Actor, connectionId: string): Promise<void> {
  await execute(
    actor,
    auditedChange(
      actor,
      sql`update ${bankConnections} set new_accounts_at = ${dbNow()}, updated_at = now()
      where id = ${connectionId}::uuid and removed_at is null and new_accounts_at is null and ${ownedBy(actor, sql`user_id`)} returning id, user_id`,
      { action: 'connection.accounts_offered', subject: sql`id` }
    )
  )
}

/**
 * The CTEs `before`, `stored` and `changed` with their audit row, for a statement that also changes
 * the Item. `also` are more columns to set. `notify` is the CTE whose users’ pages refresh; by
 * default those whose Item changed.
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
      from before where c.id = before.id returning c.id, c.user_id, c.status, c.institution_name, c.leaving_at, before.was, before.moved
    ), changed as (select id, user_id, status, was, institution_name, leaving_at from stored where moved),
    mailed as (${enqueueEmail(sql`changed`)}),
    ${tellOfSignIn()},
    ${audit(actor, sql`changed`, { action: 'connection.status_changed', subject: sql`id`, detail: sql`jsonb_build_object('status', status, 'code', ${state.errorCode}::text)` })},
    bumped as (${bumpUserVersion(notify)})`
}

/** The message of an Item that needs its user, as long as it does. `changed` has the Item. */
const tellOfSignIn = (): SQL =>
  sql`${told(
    sql`(select * from changed where ${needsUserAction(sql`status`)} and leaving_at is null)`,
    {
      kind: 'bank_sign_in',
      subject: sql`f.id`,
      data: sql`jsonb_build_object('bank', f.institution_name)`
    }
  )}, ${signInEnded(sql`(select * from changed where not ${needsUserAction(sql`status`)})`)}`

/** The SQL of `nextStatus` for the stored announcement. */
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
  const announcement =
    announced ?? (isAnnounced(status) ? { status, until: consentExpiresAt ?? null } : null)
  if (announcement)
    return {
      announced: sql`${announcement.status}::text`,
      endsAt: sql`coalesce(${timestamptz(announcement.until)}, ${row}.ends_at)`
    }
  return repaired
    ? { announced: sql`null::text`, endsAt: sql`null::timestamptz` }
    : { announced: sql`${row}.announced`, endsAt: sql`${row}.ends_at` }
}
