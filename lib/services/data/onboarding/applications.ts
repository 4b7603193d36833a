/** Changes of a user's application at Jiko, from submission to decision. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { RequestedDocument } from '@/lib/domain/onboarding/application'
import type { Actor, UserActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import { IntegrationError } from '@/lib/platform/errors'
import { draftEnded, ssnEnded, tellOfDecision } from '@/lib/services/data/messages/causes'
import {
  APPLICATION,
  type ApplicationRecord,
  applicationContext,
  selectApplication,
  toApplication
} from '@/lib/services/data/onboarding/application-record'
import { transaction } from '@/lib/services/data/sql/query'
import {
  auditedChange,
  dbNow,
  jsonb,
  notFound,
  ownedBy
} from '@/lib/services/data/sql/query-helpers'
import { typed } from '@/lib/services/data/sql/row-type'
import {
  deletionPendingError,
  hasDeletionRequest,
  lockUser
} from '@/lib/services/data/users/deletion-pending'
import { applicationDrafts, applications } from '@/xata/schema'

/**
 * Stores the application with its idempotency keys before the call to Jiko. A user has one: a
 * second start returns the first. @throws RequestError conflict while a deletion is pending.
 */
export async function startApplication(
  actor: UserActor,
  { body }: { body: string }
): Promise<ApplicationRecord> {
  const id = randomUUID()
  const [, , [found]] = await transaction(actor, [
    lockUser(actor.userId),
    auditedChange(
      actor,
      sql`insert into ${applications} (id, user_id, sealed_body, create_key, apply_key, pocket_key)
        select ${id}::uuid, ${actor.userId}, ${encrypt(body, applicationContext(id, actor.userId))}, ${randomUUID()}::uuid, ${randomUUID()}::uuid, ${randomUUID()}::uuid
        where not ${hasDeletionRequest(actor.userId)}
        on conflict (user_id) do nothing returning id, user_id`,
      { action: 'application.started', subject: sql`id`, also: draftEnded(sql`changed`) }
    ),
    typed(APPLICATION, selectApplication(sql`a.user_id = ${actor.userId}`))
  ])
  if (!found) throw deletionPendingError()
  return toApplication(found)
}

/** Changes an application and returns it. Writes no audit row if nothing changed. */
export async function updateApplication(
  actor: Actor,
  id: string,
  { set, where }: { set: SQL; where: SQL },
  change: { action: string; detail?: SQL; also?: SQL }
): Promise<ApplicationRecord> {
  const [, [found]] = await transaction(actor, [
    auditedChange(
      actor,
      sql`update ${applications} a set ${set}, updated_at = now() where a.id = ${id}::uuid and ${ownedBy(actor, sql`a.user_id`)} and ${where} returning a.id, a.user_id, a.status`,
      { subject: sql`id`, ...change }
    ),
    typed(
      APPLICATION,
      selectApplication(sql`a.id = ${id}::uuid and ${ownedBy(actor, sql`a.user_id`)}`)
    )
  ])
  if (!found) throw notFound('application')
  return toApplication(found)
}

/**
 * Records that the create call starts, with a new key if the old one has expired.
 * @throws IntegrationError ABANDONED when another process holds the lease.
 */
export async function recordCreateStarted(
  actor: Actor,
  application: ApplicationRecord,
  { renewKey }: { renewKey: boolean }
): Promise<ApplicationRecord> {
  const key = renewKey ? sql`, create_key = ${randomUUID()}::uuid` : sql``
  const mine = sql`a.busy_token = ${application.busyToken}::uuid`
  const stored = await updateApplication(
    actor,
    application.id,
    { set: sql`create_started_at = ${dbNow()}${key}`, where: mine },
    { action: 'application.create_started' }
  )
  if (stored.busyToken !== application.busyToken)
    throw new IntegrationError({ service: 'xata', code: 'ABANDONED', retryable: true })
  return stored
}

/** Stores Jiko’s id, also after the lease was lost: the same key returns the same application. */
export const recordCreated = (
  actor: Actor,
  application: ApplicationRecord,
  given: { jikoApplicationId: string; status: string }
): Promise<ApplicationRecord> =>
  updateApplication(
    actor,
    application.id,
    {
      set: sql`jiko_application_id = ${given.jikoApplicationId}, status = coalesce(a.status, ${given.status})`,
      where: sql`a.jiko_application_id is null`
    },
    { action: 'application.created', also: ssnEnded(sql`changed`) }
  )

/**
 * Records that Jiko has the complete application, and erases the draft and the encrypted request
 * body.
 */
export async function recordApplied(
  actor: Actor,
  application: ApplicationRecord,
  { status }: { status: string }
): Promise<ApplicationRecord> {
  const [, , [found]] = await transaction(actor, [
    auditedChange(
      actor,
      sql`update ${applications} set applied_at = ${dbNow()}, sealed_body = null, updated_at = now(), status = case when ${IS_FINAL} then status else ${status} end
        where id = ${application.id}::uuid and applied_at is null and ${ownedBy(actor, sql`user_id`)} returning id, user_id, status`,
      {
        action: 'application.applied',
        subject: sql`id`,
        also: tellOfDecision(sql`changed`, { status, documents: application.documents })
      }
    ),
    sql`delete from ${applicationDrafts} d using ${applications} a
      where a.id = ${application.id}::uuid and a.applied_at is not null and d.user_id = a.user_id and ${ownedBy(actor, sql`a.user_id`)}`,
    typed(
      APPLICATION,
      selectApplication(sql`a.id = ${application.id}::uuid and ${ownedBy(actor, sql`a.user_id`)}`)
    )
  ])
  if (!found) throw notFound('application')
  return toApplication(found)
}

/** Approved and rejected are final. */
const IS_FINAL = sql`coalesce(status in ('APPROVED', 'REJECTED'), false)`

export type ApplicationDecision = {
  status: string
  jikoCustomerId: string | null
  documents: RequestedDocument[]
}

/**
 * Stores Jiko's status, customer id and requested documents. A final decision is never overwritten;
 * an unchanged status writes nothing.
 */
export function saveApplicationStatus(
  actor: Actor,
  applicationId: string,
  decision: ApplicationDecision
): Promise<ApplicationRecord> {
  const { status, jikoCustomerId, documents } = decision
  const customer = sql`coalesce(${jikoCustomerId}::text, a.jiko_customer_id)`
  return updateApplication(
    actor,
    applicationId,
    {
      set: sql`status = ${status}, jiko_customer_id = ${customer}, documents = ${jsonb(documents)}`,
      where: sql`(not ${IS_FINAL} or a.status = ${status}) and (a.status, a.jiko_customer_id, a.documents) is distinct from (${status}::text, ${customer}, ${jsonb(documents)})`
    },
    {
      action: 'application.status_changed',
      detail: jsonb({ status }),
      also: tellOfDecision(sql`changed`, decision)
    }
  )
}
