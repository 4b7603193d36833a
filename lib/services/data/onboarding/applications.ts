/** A person's application at the bank, from the first send to the decision. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Consent, RequestedDocument } from '@/lib/domain/onboarding/application'
import type { Actor, UserActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import { IntegrationError } from '@/lib/platform/errors'
import { decryptStored } from '@/lib/services/data/sql/encryption'
import { execute, query, queryOne, transaction } from '@/lib/services/data/sql/query'
import {
  audit,
  bumpUserVersion,
  dbNow,
  interval,
  jsonb,
  notFound,
  ownedBy,
  timestamptz
} from '@/lib/services/data/sql/query-helpers'
import {
  deletionPendingError,
  hasDeletionRequest,
  isDeletionPending,
  lockUser
} from '@/lib/services/data/users/deletion-pending'
import { applicationDrafts, applications, bankAccounts, consents, users } from '@/xata/schema'

export type ApplicationRecord = {
  id: string
  userId: string
  status: string | null
  jikoApplicationId: string | null
  jikoCustomerId: string | null
  /** Idempotency keys, made before the first call so that a repeat after a crash is the same call. */
  createKey: string
  applyKey: string
  pocketKey: string
  /** The facts as they are sent, opened; empty once the bank has applied them. Never holds the SSN. */
  body: string
  consent: Consent | null
  createStartedAt: string | null
  appliedAt: string | null
  documents: RequestedDocument[]
  busyUntil: string | null
  /** Proof of the lease under which this record was claimed. */
  busyToken: string | null
}

type ApplicationRow = {
  id: string
  user_id: string
  status: string | null
  jiko_application_id: string | null
  jiko_customer_id: string | null
  create_key: string
  apply_key: string
  pocket_key: string
  sealed_body: string | null
  consent_version: string | null
  consented_at: string | null
  create_started_at: string | null
  applied_at: string | null
  documents: RequestedDocument[]
  busy_until: string | null
  busy_token: string | null
}

const encryptionContext = (id: string, userId: string) => ({
  table: 'applications',
  row: id,
  owner: userId
})

const select = (
  where: SQL
): SQL => sql`select a.id, a.user_id, a.status, a.jiko_application_id, a.jiko_customer_id, a.create_key, a.apply_key, a.pocket_key,
    a.sealed_body, a.create_started_at, a.applied_at, a.documents, a.busy_until, a.busy_token, c.version as consent_version, c.consented_at
  from ${applications} a
  left join lateral (select version, consented_at from ${consents} where user_id = a.user_id order by consented_at desc limit 1) c on true
  where ${where}`

const toRecord = (found: ApplicationRow): ApplicationRecord => ({
  id: found.id,
  userId: found.user_id,
  status: found.status,
  jikoApplicationId: found.jiko_application_id,
  jikoCustomerId: found.jiko_customer_id,
  createKey: found.create_key,
  applyKey: found.apply_key,
  pocketKey: found.pocket_key,
  body: found.sealed_body
    ? decryptStored(found.sealed_body, encryptionContext(found.id, found.user_id))
    : '',
  consent:
    found.consent_version && found.consented_at
      ? { version: found.consent_version, consentedAt: found.consented_at }
      : null,
  createStartedAt: found.create_started_at,
  appliedAt: found.applied_at,
  documents: found.documents,
  busyUntil: found.busy_until,
  busyToken: found.busy_token
})

async function find(where: SQL): Promise<ApplicationRecord | null> {
  const found = await queryOne<ApplicationRow>(select(where))
  return found && toRecord(found)
}

export const findApplication = (actor: UserActor): Promise<ApplicationRecord | null> =>
  find(sql`a.user_id = ${actor.userId}`)

export const findApplicationByJikoId = (
  jikoApplicationId: string
): Promise<ApplicationRecord | null> => find(sql`a.jiko_application_id = ${jikoApplicationId}`)

/**
 * Keeps the application with the keys of its calls, before the bank hears of it. A person has one: a second start answers the first.
 * @throws RequestError conflict while a deletion is pending.
 */
export async function startApplication(
  actor: UserActor,
  { body }: { body: string }
): Promise<ApplicationRecord> {
  const id = randomUUID()
  const [, , [found]] = (await transaction([
    lockUser(actor.userId),
    sql`with changed as (
        insert into ${applications} (id, user_id, sealed_body, create_key, apply_key, pocket_key)
        select ${id}::uuid, ${actor.userId}, ${encrypt(body, encryptionContext(id, actor.userId))}, ${randomUUID()}::uuid, ${randomUUID()}::uuid, ${randomUUID()}::uuid
        where not ${hasDeletionRequest(actor.userId)}
        on conflict (user_id) do nothing returning id, user_id
      ), audited as (${audit(actor, sql`changed`, { action: 'application.started', subject: sql`id` })}), bumped as (${bumpUserVersion(sql`changed`)}) select 1 from changed`,
    select(sql`a.user_id = ${actor.userId}`)
  ])) as [unknown, unknown, ApplicationRow[]]
  if (!found) throw deletionPendingError()
  return toRecord(found)
}

/** Takes the application for a while, so that one process talks to the bank about it; null while another has it, or its person is leaving. */
export async function claimApplication(
  actor: Actor,
  applicationId: string,
  forMs: number
): Promise<ApplicationRecord | null> {
  const token = randomUUID()
  await transaction([
    sql`select u.id from ${users} u join ${applications} a on a.user_id = u.id where a.id = ${applicationId}::uuid for no key update of u`,
    sql`update ${applications} set busy_until = ${dbNow()} + ${interval(forMs)}, busy_token = ${token}, checked_at = ${dbNow()}
      where id = ${applicationId}::uuid and ${ownedBy(actor, sql`user_id`)} and (busy_until is null or busy_until <= ${dbNow()}) and not ${isDeletionPending(sql`${applications}.user_id`)}`
  ])
  return find(sql`a.id = ${applicationId}::uuid and a.busy_token = ${token}`)
}

/** Gives the lease back; one that was lost meanwhile stays with its new holder. */
export async function releaseApplication(
  actor: Actor,
  application: ApplicationRecord
): Promise<void> {
  await execute(sql`update ${applications} set busy_until = null, busy_token = null
    where id = ${application.id}::uuid and busy_token = ${application.busyToken}::uuid and ${ownedBy(actor, sql`user_id`)}`)
}

/** Changes one application and answers it as it then is; without a change there is no audit row either. */
export async function updateApplication(
  actor: Actor,
  id: string,
  set: SQL,
  where: SQL,
  action: string,
  detail?: SQL
): Promise<ApplicationRecord> {
  const [, [found]] = (await transaction([
    sql`with changed as (
        update ${applications} a set ${set}, updated_at = now() where a.id = ${id}::uuid and ${ownedBy(actor, sql`a.user_id`)} and ${where} returning a.id, a.user_id, a.status
      ), audited as (${audit(actor, sql`changed`, { action, subject: sql`id`, ...(detail ? { detail } : {}) })}), bumped as (${bumpUserVersion(sql`changed`)}) select 1 from changed`,
    select(sql`a.id = ${id}::uuid and ${ownedBy(actor, sql`a.user_id`)}`)
  ])) as [unknown, ApplicationRow[]]
  if (!found) throw notFound('application')
  return toRecord(found)
}

/**
 * Notes that the create call is about to be made, under a new key where the old one's hour is over.
 * @throws IntegrationError ABANDONED when another process holds the application by now.
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

/** Keeps the bank's id. It is kept whoever holds the lease by now: the same key gives the same application. */
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

/** Notes that the bank has the whole application, and erases the draft and the sealed copy of what was sent. */
export async function recordApplied(
  actor: Actor,
  application: ApplicationRecord,
  { status }: { status: string }
): Promise<ApplicationRecord> {
  const [, , [found]] = (await transaction([
    sql`with changed as (
        update ${applications} set applied_at = ${dbNow()}, sealed_body = null, updated_at = now(), status = case when ${IS_FINAL} then status else ${status} end
        where id = ${application.id}::uuid and applied_at is null and ${ownedBy(actor, sql`user_id`)} returning id, user_id
      ), audited as (${audit(actor, sql`changed`, { action: 'application.applied', subject: sql`id` })}), bumped as (${bumpUserVersion(sql`changed`)}) select 1 from changed`,
    sql`delete from ${applicationDrafts} d using ${applications} a
      where a.id = ${application.id}::uuid and a.applied_at is not null and d.user_id = a.user_id and ${ownedBy(actor, sql`a.user_id`)}`,
    select(sql`a.id = ${application.id}::uuid and ${ownedBy(actor, sql`a.user_id`)}`)
  ])) as [unknown, unknown, ApplicationRow[]]
  if (!found) throw notFound('application')
  return toRecord(found)
}

/** Approved and rejected never change again. */
const IS_FINAL = sql`coalesce(status in ('APPROVED', 'REJECTED'), false)`

export type ApplicationDecision = {
  status: string
  jikoCustomerId: string | null
  documents: RequestedDocument[]
}

/** Keeps what the bank says about the application now. A final decision stays, and where nothing is new nothing is written. */
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

/** Applications known to the bank that may still move, or are approved and lack their account, not asked about since. */
export async function listOpenApplications({
  checkedBefore,
  limit
}: {
  checkedBefore: Date
  limit: number
}): Promise<{ jikoApplicationId: string; userId: string }[]> {
  const found = await query<{ jiko_application_id: string; user_id: string }>(sql`
    select a.jiko_application_id, a.user_id from ${applications} a
    where a.jiko_application_id is not null and not ${isDeletionPending(sql`a.user_id`)} and (a.checked_at is null or a.checked_at < ${timestamptz(checkedBefore)})
      and (not coalesce(a.status in ('APPROVED', 'REJECTED'), false)
        or (a.status = 'APPROVED' and not exists (select 1 from ${bankAccounts} b where b.application_id = a.id)))
    order by a.checked_at nulls first limit ${limit}::int`)
  return found.map(({ jiko_application_id, user_id }) => ({
    jikoApplicationId: jiko_application_id,
    userId: user_id
  }))
}
