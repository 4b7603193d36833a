/** A user’s request to delete everything, as a job. The request outlives the user’s rows. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { JobStatus } from '@/lib/domain/jobs/job'
import { type Actor, type SystemActor, systemActor, type UserActor } from '@/lib/domain/users/actor'
import type { DeletionProgress, DeletionStep } from '@/lib/domain/users/deletion'
import { randomId, sha256 } from '@/lib/platform/crypto'
import { enqueueConnectionJob } from '@/lib/services/data/connections/connection-jobs'
import { claimJob, held, type Job } from '@/lib/services/data/jobs/jobs'
import { told } from '@/lib/services/data/messages/messages'
import { execute, query, queryOne, transaction } from '@/lib/services/data/sql/query'
import {
  audit,
  bumpUserVersion,
  dbNow,
  isUuid,
  jsonb,
  notFound,
  ownedBy
} from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, rowType, typed } from '@/lib/services/data/sql/row-type'
import { readOne } from '@/lib/services/data/sql/short-reads'
import { isInProgress } from '@/lib/services/data/transfers/transfer-submissions'
import { lockUser } from '@/lib/services/data/users/deletion-pending'
import {
  applications,
  bankConnections,
  connectionTasks,
  deletionRequests,
  transfers,
  users
} from '@/xata/schema'

const system = systemActor('users')

export type DeletionOrigin = 'person' | 'clerk' | 'admin'
export type Deletion = Job<'deletion'> & { userId: string }

const REQUEST_ID = rowType({ id: deletionRequests.id })

/**
 * Stores the request, one per user. A repeat returns the first one and retries it now; the audit
 * log has both.
 */
export async function requestDeletion(
  actor: Actor,
  { userId, origin, reason }: { userId: string; origin: DeletionOrigin; reason?: string }
): Promise<string> {
  const byUser = actor.kind === 'person'
  const [, [stored]] = await transaction(actor, [
    lockUser(userId),
    typed(
      REQUEST_ID,
      sql`with stored as (
      insert into ${deletionRequests} as d (id, user_id, user_hash, origin, run_at) values (${randomId()}::uuid, ${userId}, ${sha256(userId)}, ${origin}, ${dbNow()})
      on conflict (user_hash) do update set run_at = case when d.status = 'pending' then least(d.run_at, excluded.run_at) else d.run_at end
      returning id, user_id, (xmax = 0) as fresh
    ), changed as (select id, user_id from stored where fresh),
    ${audit(actor, sql`changed`, { action: 'deletion.requested', subject: sql`id`, detail: jsonb({ origin }), reason })},
    ${audit(
      actor,
      sql`(select id, user_id from stored where not fresh and user_id is not null and ${byUser}::boolean) again`,
      {
        action: 'deletion.requested_again',
        subject: sql`id`,
        detail: jsonb({ origin }),
        reason
      },
      'repeated'
    )},
    bumped as (${bumpUserVersion(sql`(select c.user_id from changed c join ${users} u on u.id = c.user_id) known`)}),
    ${told(sql`changed`, { kind: 'deletion_started', key: sql`f.id`, data: jsonb({ by: origin === 'admin' ? 'admin' : 'user' }) })}
    select id from stored`
    )
  ])
  if (!stored) throw notFound('person')
  return stored.id
}

/** The request that has waited longest; null if none is due. */
export const claimDeletion = (
  app: SystemActor,
  { leaseMs }: { leaseMs: number }
): Promise<Deletion | null> =>
  claimJob(app, 'deletion', {
    leaseMs,
    columns: { type: rowType({ userId: users.id }), select: sql`job.user_id as "userId"` }
  })

const STEP_COLUMNS: Record<Exclude<DeletionStep, 'rows'>, SQL> = {
  items: sql`items_removed_at`,
  bank: sql`bank_released_at`,
  sign_in: sql`sign_in_removed_at`
}

/** Records a finished step, for display; the remaining steps follow from the stored facts. */
export async function saveDeletionStep(
  deletion: Deletion,
  step: keyof typeof STEP_COLUMNS
): Promise<void> {
  await execute(
    system,
    sql`update ${deletionRequests} set ${STEP_COLUMNS[step]} = coalesce(${STEP_COLUMNS[step]}, ${dbNow()}), service = null, code = null, updated_at = now() where ${held(deletion)}`
  )
}

/**
 * Enqueues the removal of every Item of the user, with its history.
 * @returns the ids of the connections.
 */
export async function requestItemRemovals(
  app: SystemActor,
  { userId }: Deletion
): Promise<string[]> {
  const found = await query(
    app,
    rowType({ id: bankConnections.id }),
    sql`with changed as (
      update ${bankConnections} set leaving_at = coalesce(leaving_at, ${dbNow()}), updated_at = now() where user_id = ${userId} and removed_at is null returning id, user_id
    ), task as (${enqueueConnectionJob(sql`changed`, 'remove', 'erase')}),
    ${audit(app, sql`changed`, { action: 'connection.removal_requested', detail: jsonb({ history: 'erase' }) })} select id from changed`
  )
  return found.map(({ id }) => id)
}

/** Why an Item is not removed yet; null when all are. */
export async function findPendingRemoval({
  userId
}: Deletion): Promise<{ code: string | null } | null> {
  return queryOne(
    system,
    rowType({ code: connectionTasks.code }),
    sql`select t.code from ${bankConnections} c left join ${connectionTasks} t on t.connection_id = c.id and t.kind = 'remove'
    where c.user_id = ${userId} and c.removed_at is null order by t.code nulls last limit 1`
  )
}

/**
 * Jiko's ids of the user; `busy` while the application is leased, `moving` while a transfer is in
 * progress.
 */
export async function findJikoIds(
  actor: Actor,
  { userId }: { userId: string }
): Promise<{
  jikoApplicationId: string | null
  jikoCustomerId: string | null
  busy: boolean
  moving: boolean
} | null> {
  const found = await queryOne(
    actor,
    rowType({
      jikoApplicationId: applications.jikoApplicationId,
      jikoCustomerId: applications.jikoCustomerId,
      busy: column.bool,
      moving: column.bool
    }),
    sql`select jiko_application_id as "jikoApplicationId", jiko_customer_id as "jikoCustomerId", coalesce(busy_until > ${dbNow()}, false) as busy,
      exists (select 1 from ${transfers} t where t.user_id = ${userId} and ${isInProgress(sql`t.state`)}) as moving from ${applications} where user_id = ${userId} and ${ownedBy(actor, sql`user_id`)}`
  )
  return found
}

const PROGRESS = rowType({
  id: deletionRequests.id,
  status: column.textOf<JobStatus>(),
  items: deletionRequests.itemsRemovedAt,
  bank: deletionRequests.bankReleasedAt,
  rows: deletionRequests.erasedAt,
  signIn: deletionRequests.signInRemovedAt,
  service: deletionRequests.service,
  code: deletionRequests.code,
  runAt: deletionRequests.runAt,
  requestedAt: deletionRequests.createdAt,
  finishedAt: deletionRequests.finishedAt
})

const selectProgress = sql`select id, status, items_removed_at as items, bank_released_at as bank, erased_at as rows, sign_in_removed_at as "signIn",
  service, code, run_at as "runAt", created_at as "requestedAt", finished_at as "finishedAt" from ${deletionRequests}`

const toProgress = ({
  items,
  bank,
  rows,
  signIn,
  finishedAt,
  ...found
}: InferRow<typeof PROGRESS>): DeletionProgress => ({
  ...found,
  doneAt: { items, bank, rows, sign_in: signIn },
  finishedAt: found.status === 'completed' ? finishedAt : null
})

/** The user's pending request. */
export async function findDeletion(actor: UserActor): Promise<DeletionProgress | null> {
  const found = await readOne(
    actor,
    typed(PROGRESS, sql`${selectProgress} where user_id = ${actor.userId}`)
  )
  return found && toProgress(found)
}

/** The request of a user whose rows are erased, while the last session token is still valid. */
export async function findErasure(actor: UserActor): Promise<string | null> {
  const found = await readOne(
    actor,
    typed(
      REQUEST_ID,
      sql`select id from ${deletionRequests} where user_hash = ${sha256(actor.userId)} and erased_at is not null limit 1`
    )
  )
  return found?.id ?? null
}

/**
 * Finds a request by its id, which only the requester has: at the end the user can no longer sign
 * in.
 * @throws RequestError not_found.
 */
export async function getDeletion(id: string): Promise<DeletionProgress> {
  const found = isUuid(id)
    ? await queryOne(system, PROGRESS, sql`${selectProgress} where id = ${id}::uuid`)
    : null
  if (!found) throw notFound('deletion')
  return toProgress(found)
}
