/** How a user's application at Jiko is stored and read. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Consent, RequestedDocument } from '@/lib/domain/onboarding/application'
import { type Actor, systemActor, type UserActor } from '@/lib/domain/users/actor'
import { decryptStored } from '@/lib/services/data/sql/encryption'
import { query, queryOne } from '@/lib/services/data/sql/query'
import { dbNow, timestamptz } from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, nullable, rowType } from '@/lib/services/data/sql/row-type'
import { isDeletionPending } from '@/lib/services/data/users/deletion-pending'
import { applications, bankAccounts, consents } from '@/xata/schema'

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

export const APPLICATION = rowType({
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

export const applicationContext = (id: string, userId: string) => ({
  table: 'applications',
  row: id,
  owner: userId
})

export const selectApplication = (
  where: SQL
): SQL => sql`select a.id, a.user_id as "userId", a.status, a.jiko_application_id as "jikoApplicationId", a.jiko_customer_id as "jikoCustomerId",
    a.create_key as "createKey", a.apply_key as "applyKey", a.pocket_key as "pocketKey", a.sealed_body as "sealedBody", a.create_started_at as "createStartedAt",
    a.applied_at as "appliedAt", a.documents, a.busy_until as "busyUntil", a.busy_token as "busyToken", c.version, c.consented_at as "consentedAt"
  from ${applications} a
  left join lateral (select version, consented_at from ${consents} where user_id = a.user_id order by consented_at desc limit 1) c on true
  where ${where}`

export const toApplication = ({
  sealedBody,
  version,
  consentedAt,
  ...found
}: InferRow<typeof APPLICATION>): ApplicationRecord => ({
  ...found,
  body: sealedBody ? decryptStored(sealedBody, applicationContext(found.id, found.userId)) : '',
  consent: version && consentedAt ? { version, consentedAt } : null
})

export async function readApplication(actor: Actor, where: SQL): Promise<ApplicationRecord | null> {
  const found = await queryOne(actor, APPLICATION, selectApplication(where))
  return found && toApplication(found)
}

export const findApplication = (actor: UserActor): Promise<ApplicationRecord | null> =>
  readApplication(actor, sql`a.user_id = ${actor.userId}`)

export const findApplicationByJikoId = (
  jikoApplicationId: string
): Promise<ApplicationRecord | null> =>
  readApplication(system, sql`a.jiko_application_id = ${jikoApplicationId}`)

/**
 * Applications at Jiko that may still change, or are approved without an account, and were not
 * checked since `checkedBefore` or whose lease expired because its process ended.
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
    where a.jiko_application_id is not null and not ${isDeletionPending(sql`a.user_id`)} and (a.checked_at is null or a.checked_at < ${timestamptz(checkedBefore)} or a.busy_until <= ${dbNow()})
      and (not coalesce(a.status in ('APPROVED', 'REJECTED'), false)
        or (a.status = 'APPROVED' and not exists (select 1 from ${bankAccounts} b where b.application_id = a.id)))
    order by a.checked_at nulls first limit ${limit}::int`
  )
}
