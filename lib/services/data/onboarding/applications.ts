/** A user's application at Jiko, from submission to decision. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Consent, RequestedDocument } from '@/lib/domain/onboarding/application'
import { type Actor, systemActor, type UserActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import { IntegrationError } from '@/lib/platform/errors'
import { decryptStored } from '@/lib/services/data/sql/encryption'
import { execute, query, queryOne, transaction } from '@/lib/services/data/sql/query'
import {
  auditedChange,
  dbNow,
  interval,
  jsonb,
  notFound,
  ownedBy,
  timestamptz
} from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, nullable, rowType, typed } from '@/lib/services/data/sql/row-type'
import {
  deletionPendingError,
  hasDeletionRequest,
  isDeletionPending,
  lockUser
} from '@/lib/services/data/users/deletion-pending'
import { applicationDrafts, applications, bankAccounts, consents, users } from '@/xata/schema'

const system = systemActor('onboarding')

export type ApplicationRecord = {
  id: string
  userId: string
  status: string | null
  jikoApplicationId: string | null
  jikoCustomerId: string | null
  /**
   * Idempotency keys, created before the first call so that a retry after a crash repeats the same
   * call.
   */
  createKey: string
  applyKey: string
  pocketKey: string
  /** The decrypted request body; empty once Jiko has the application. Never contains the SSN. */
  body: string
  consent: Consent | null
  createStartedAt: string | null
  appliedAt: string | null
  documents: RequestedDocument[]
  busyUntil: string | null
  /** The token of the lease under which this record was claimed. */
  busyToken: string | null
}

const APPLICATION = rowType({
  id: applications.id,
  userId: applications.userId,
  status: applications.status,
  jikoApplicationId: applications.jikoApplicationId,
  jikoCustomerId: applications.jikoCustomerId,
  createKey: applications.createKey,
  applyKey: applications.applyKey,
  pocketKey: applications.pocketKey,
  sealedBody: applications.sealedBody,
  version: nullable(consents.version),
  consentedAt: nullable(consents.consentedAt),
  createStartedAt: applications.createStartedAt,
  appliedAt: applications.appliedAt,
  documents: column.jsonb<RequestedDocument[]>(),
  busyUntil: applications.busyUntil,
  busyToken: applications.busyToken
})

const encryptionContext = (id: string, userId: string) => ({
  table: 'applications',
  row: id,
  owner: userId
})

const select = (
  where: SQL
): SQL => sql`select a.id, a.user_id as "userId", a.status, a.jiko_application_id as "jikoApplicationId", a.jiko_customer_id as "jikoCustomerId",
    a.create_key as "createKey", a.apply_key as "applyKey", a.pocket_key as "pocketKey", a.sealed_body as "sealedBody", a.create_started_at as "createStartedAt",
    a.applied_at as "appliedAt", a.documents, a.busy_until as "busyUntil", a.busy_token as "busyToken", c.version, c.consented_at as "consentedAt"
  from ${applications} a
  left join lateral (select version, consented_at from ${consents} where user_id = a.user_id order by consented_at desc limit 1) c on true
  where ${where}`

const toRecord = ({
  sealedBody,
  version,
  consentedAt,
  ...found
}: InferRow<typeof APPLICATION>): ApplicationRecord => ({
  ...found,
  body: sealedBody ? decryptStored(sealedBody, encryptionContext(found.id, found.userId)) : '',
  consent: version && consentedAt ? { version, consentedAt } : null
})

async function find(actor: Actor, where: SQL): Promise<ApplicationRecord | null> {
  const found = await queryOne(actor, APPLICATION, select(where))
  return found && toRecord(found)
}

export const findApplication = (actor: UserActor): Promise<ApplicationRecord | null> =>
  find(actor, sql`a.user_id = ${actor.userId}`)

export const findApplicationByJikoId = (
  jikoApplicationId: string
): Promise<ApplicationRecord | null> =>
  find(system, sql`a.jiko_application_id = ${jikoApplicationId}`)

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
        select ${id}::uuid, ${actor.userId}, ${encrypt(body, encryptionContext(id, actor.userId))}, ${randomUUID()}::uuid, ${randomUUID()}::uuid, ${randomUUID()}::uuid
        where not ${hasDeletionRequest(actor.userId)}
        on conflict (user_id) do nothing returning id, user_id`,
      { action: 'application.started', subject: sql`id` }
    ),
    typed(APPLICATION, select(sql`a.user_id = ${actor.userId}`))
  ])
  if (!found) throw deletionPendingError()
  return toRecord(found)
}

/**
 * Leases the application to one process, which may then call Jiko; null while another process holds
 * the lease or a deletion is pending.
 */
export async function claimApplication(
  actor: Actor,
  applicationId: string,
  forMs: number
): Promise<ApplicationRecord | null> {
  const token = randomUUID()
  await transaction(actor, [
    sql`select u.id from ${users} u join ${applications} a on a.user_id = u.id where a.id = ${applicationId}::uuid for no key update of u`,
    sql`update ${applications} set busy_until = ${dbNow()} + ${interval(forMs)}, busy_token = ${token}, checked_at = ${dbNow()}
      where id = ${applicationId}::uuid and ${ownedBy(actor, sql`user_id`)} and (busy_until is null or busy_until <= ${dbNow()}) and not ${isDeletionPending(sql`${applications}.user_id`)}`
  ])
  return find(actor, sql`a.id = ${applicationId}::uuid and a.busy_token = ${token}`)
}

/** Releases the lease, unless another process holds it by now. */
export async function releaseApplication(
  actor: Actor,
  application: ApplicationRecord
): Promise<void> {
  await execute(
    actor,
    sql`update ${applications} set busy_until = null, busy_token = null
    where id = ${application.id}::uuid and busy_token = ${application.busyToken}::uuid and ${ownedBy(actor, sql`user_id`)}`
  )
}

/** Changes an application and returns it. Writes no audit row if nothing changed. */
export async function updateApplication(
  actor: Actor,
  id: string,
  set: SQL,
  where: SQL,
  action: string,
  detail?: SQL
): Promise<ApplicationRecord> {
  const [, [found]] = await transaction(actor, [
    auditedChange(
      actor,
      sql`update ${applications} a set ${set}, updated_at = now() where a.id = ${id}::uuid and ${ownedBy(actor, sql`a.user_id`)} and ${where} returning a.id, a.user_id, a.status`,
      { action, subject: sql`id`, ...(detail && { detail }) }
    ),
    typed(APPLICATION, select(sql`a.id = ${id}::uuid and ${ownedBy(actor, sql`a.user_id`)}`))
  ])
  if (!found) throw notFound('application')
  return toRecord(found)
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
    sql`create_started_at = ${dbNow()}${key}`,
    mine,
    'application.create_started'
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
    sql`jiko_application_id = ${given.jikoApplicationId}, status = coalesce(a.status, ${given.status})`,
    sql`a.jiko_application_id is null`,
    'application.created'
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
        where id = ${application.id}::uuid and applied_at is null and ${ownedBy(actor, sql`user_id`)} returning id, user_id`,
      { action: 'application.applied', subject: sql`id` }
    ),
    sql`delete from ${applicationDrafts} d using ${applications} a
      where a.id = ${application.id}::uuid and a.applied_at is not null and d.user_id = a.user_id and ${ownedBy(actor, sql`a.user_id`)}`,
    typed(
      APPLICATION,
      select(sql`a.id = ${application.id}::uuid and ${ownedBy(actor, sql`a.user_id`)}`)
    )
  ])
  if (!found) throw notFound('application')
  return toRecord(found)
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
    sql`status = ${status}, jiko_customer_id = ${customer}, documents = ${jsonb(documents)}`,
    sql`(not ${IS_FINAL} or a.status = ${status}) and (a.status, a.jiko_customer_id, a.documents) is distinct from (${status}::text, ${customer}, ${jsonb(documents)})`,
    'application.status_changed',
    jsonb({ status })
  )
}

/**
 * Applications at Jiko that may still change, or are approved without an account, and were not
 * checked since `checkedBefore`.
 */
export async function listOpenApplications({
  checkedBefore,
  limit
}: {
  checkedBefore: Date
  limit: number
}): Promise<{ jikoApplicationId: string; userId: string }[]> {
  return query(
    system,
    rowType({ jikoApplicationId: column.text, userId: applications.userId }),
    sql`select a.jiko_application_id as "jikoApplicationId", a.user_id as "userId" from ${applications} a
    where a.jiko_application_id is not null and not ${isDeletionPending(sql`a.user_id`)} and (a.checked_at is null or a.checked_at < ${timestamptz(checkedBefore)})
      and (not coalesce(a.status in ('APPROVED', 'REJECTED'), false)
        or (a.status = 'APPROVED' and not exists (select 1 from ${bankAccounts} b where b.application_id = a.id)))
    order by a.checked_at nulls first limit ${limit}::int`
  )
}
