/**
 * Erases a user's rows. Tables that reference `users` cascade; the others are listed here, and a
 * test checks that no table is missing.
 */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { systemActor } from '@/lib/domain/users/actor'
import { TRANSFER_IN_PROGRESS } from '@/lib/domain/users/deletion'
import { env } from '@/lib/platform/env'
import { redactAudit } from '@/lib/services/data/audit/erase'
import { completed, held } from '@/lib/services/data/jobs/jobs'
import { execute, queryOne, transaction } from '@/lib/services/data/sql/query'
import { audit, dbNow, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType } from '@/lib/services/data/sql/row-type'
import { isInProgress } from '@/lib/services/data/transfers/transfer-submissions'
import { keepConsents } from '@/lib/services/data/users/consent-evidence'
import type { Deletion } from '@/lib/services/data/users/deletion'
import {
  applications,
  bankAccounts,
  bankConnections,
  deletionRequests,
  rateLimits,
  transactions,
  transfers,
  users,
  vendorEvents,
  webhookDeliveries
} from '@/xata/schema'

const system = systemActor('users')

/** Small enough for the statement timeout. */
const BATCH_SIZE = 5_000
const DAY_MS = 24 * 3_600_000

/** Replaces the user's id in rows that must be kept; it cannot be traced back. */
const pseudonym = ({ id }: Deletion): string => `erased:${id}`

/**
 * Erases everything stored about the user in one transaction. Refused while a bank is linked, a
 * transfer is in progress or an application is being sent, because their rows would lose their
 * owner. Repeating it changes nothing. @returns whether it is done.
 */
export async function eraseUser(deletion: Deletion): Promise<boolean> {
  const { id, userId } = deletion
  await eraseTransactions(userId)
  const erased = sql`exists (select 1 from ${deletionRequests} where id = ${id}::uuid and erased_at is not null)`
  const email = await findEmail(userId)
  const [, done] = await transaction(system, [
    // Waits for transactions that write for this user; later ones find no user.
    sql`select id from ${users} where id = ${userId} for update`,
    sql`update ${deletionRequests} set erased_at = coalesce(erased_at, ${dbNow()}), updated_at = now() where ${held(deletion)}
      and ${erasureBlocker(userId)} is null returning id`,
    sql`delete from ${webhookDeliveries} where ${erased} and vendor_object_id in (${vendorIds(userId)})`,
    ...eraseTraces(deletion, erased),
    ...(await eraseAudit(deletion, email, erased)),
    checkForReturns(deletion, erased),
    keepConsents({ userId, email }, env().consentRetentionDays * DAY_MS, erased),
    sql`delete from ${users} where id = ${userId} and ${erased}`
  ])
  return done.length > 0
}

async function findEmail(userId: string): Promise<string | null> {
  const found = await queryOne(
    system,
    rowType({ email: users.email }),
    sql`select email from ${users} where id = ${userId}`
  )
  return found?.email ?? null
}

/** Why the user’s rows cannot be erased yet; null if they can. */
export async function findErasureBlocker({ userId }: Deletion): Promise<string | null> {
  const found = await queryOne(
    system,
    rowType({ code: nullable(column.text) }),
    sql`select ${erasureBlocker(userId)} as code`
  )
  return found?.code ?? null
}

/** The error code of work that started during the deletion; null if none did. */
const erasureBlocker = (userId: string): SQL => sql`(select case
  when exists (select 1 from ${bankConnections} where user_id = ${userId} and removed_at is null) then 'NEW_CONNECTION'
  when exists (select 1 from ${transfers} where user_id = ${userId} and ${isInProgress(sql`state`)}) then ${TRANSFER_IN_PROGRESS}
  when exists (select 1 from ${applications} where user_id = ${userId} and busy_until > ${dbNow()}) then 'BUSY' end)`

/** Deletes in batches, to keep each statement short. */
async function eraseTransactions(userId: string): Promise<void> {
  for (let more = true; more; ) {
    const deleted = await execute(
      system,
      sql`delete from ${transactions} where id in (
      select t.id from ${transactions} t join ${bankConnections} c on c.id = t.connection_id where t.user_id = ${userId} and c.removed_at is not null limit ${BATCH_SIZE}::int) returning 1`
    )
    more = deleted === BATCH_SIZE
  }
}

/** The vendors' ids of the user and of the user's objects. */
const vendorIds = (userId: string): SQL => sql`
  select ${userId}::text union all select plaid_item_id from ${bankConnections} where user_id = ${userId}
  union all select jiko_application_id from ${applications} where user_id = ${userId} union all select jiko_pocket_id from ${bankAccounts} where user_id = ${userId}`

/**
 * A deposit can be returned for 60 days, and Jiko may send no event for that. Jobs on four days
 * check the account; they hold its id and nothing about the user (decision 032).
 */
const checkForReturns = ({ id, userId }: Deletion, when: SQL): SQL => sql`
  insert into ${webhookDeliveries} (id, vendor, dedupe_key, type, vendor_object_id, body_hash, readable, effects, run_at)
  select gen_random_uuid(), 'pangea', ${id}::text || ':' || days, 'return_check', a.jiko_pocket_id, '', true,
    jsonb_build_array(jsonb_build_object('kind', 'refresh_account', 'jikoPocketId', a.jiko_pocket_id)), ${dbNow()} + days * interval '1 day'
  from ${bankAccounts} a cross join unnest(array[7, 14, 30, 61]) days where a.user_id = ${userId} and ${when}
    and exists (select 1 from ${transfers} t where t.bank_account_id = a.id and t.settled_at > ${dbNow()} - interval '61 days')
  on conflict (vendor, dedupe_key) do nothing`

/** Call logs and rate limits are deleted. */
const eraseTraces = ({ userId }: Deletion, when: SQL): SQL[] => [
  sql`delete from ${vendorEvents} where user_id = ${userId} and ${when}`,
  sql`delete from ${rateLimits} where right(key, ${userId.length + 1}::int) = ${`:${userId}`} and ${when}`
]

/** The audit log keeps its entries, with a pseudonym and redacted reasons. */
const eraseAudit = (deletion: Deletion, email: string | null, when: SQL): Promise<SQL[]> =>
  redactAudit({ userId: deletion.userId, alias: pseudonym(deletion), email }, when)

/**
 * Completes the request: erases what was logged during the deletion, and the user's id in the
 * request.
 */
export async function completeDeletion(deletion: Deletion): Promise<void> {
  const request = sql`${deletionRequests} where ${held(deletion)} and erased_at is not null`
  const requested = sql`exists (select 1 from ${request})`
  await transaction(system, [
    ...eraseTraces(deletion, requested),
    ...(await eraseAudit(deletion, null, requested)),
    sql`with changed as (select ${pseudonym(deletion)}::text as user_id, id from ${request}),
      ${audit(systemActor('deletion'), sql`changed`, { action: 'deletion.completed', subject: sql`id`, detail: jsonb({ attempts: deletion.attempts }) })} select 1`,
    sql`update ${deletionRequests} set ${completed()}, user_id = null, sign_in_removed_at = coalesce(sign_in_removed_at, ${dbNow()})
      where ${held(deletion)} and erased_at is not null`
  ])
}
