/** The lease of an application: at most one process at a time sends it to Jiko. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Actor } from '@/lib/domain/users/actor'
import { tellOfMissingSsn } from '@/lib/services/data/messages/causes'
import {
  type ApplicationRecord,
  readApplication
} from '@/lib/services/data/onboarding/application-record'
import { execute, transaction } from '@/lib/services/data/sql/query'
import { bumpUserVersion, dbNow, interval, ownedBy } from '@/lib/services/data/sql/query-helpers'
import { isDeletionPending } from '@/lib/services/data/users/deletion-pending'
import { applications, users } from '@/xata/schema'

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
  return readApplication(actor, sql`a.id = ${applicationId}::uuid and a.busy_token = ${token}`)
}

/** Renews the lease. @returns false if another process holds it by now; nothing changes then. */
export async function renewApplication(
  actor: Actor,
  application: ApplicationRecord,
  { leaseMs }: { leaseMs: number }
): Promise<boolean> {
  const renewed = await execute(
    actor,
    sql`update ${applications} set busy_until = ${dbNow()} + ${interval(leaseMs)}
    where id = ${application.id}::uuid and busy_token = ${application.busyToken}::uuid and ${ownedBy(actor, sql`user_id`)} returning id`
  )
  return renewed > 0
}

/**
 * Releases the lease, unless another process holds it by now. If Jiko has no application yet, the
 * user is told to enter the Social Security number again.
 */
export async function releaseApplication(
  actor: Actor,
  application: ApplicationRecord
): Promise<void> {
  await execute(
    actor,
    sql`with released as (
      update ${applications} set busy_until = null, busy_token = null
      where id = ${application.id}::uuid and busy_token = ${application.busyToken}::uuid and ${ownedBy(actor, sql`user_id`)}
      returning id, user_id, jiko_application_id, applied_at
    ), ${tellOfMissingSsn(sql`(select * from released where jiko_application_id is null and applied_at is null)`)},
    bumped as (${bumpUserVersion(sql`told`)}) select 1`
  )
}
