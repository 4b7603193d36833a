/**
 * Background jobs of every kind: claim, renew, complete, fail and retry, over the columns that all
 * job tables share.
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { type JobFailure, type JobKind, maxAttempts, retryPause } from '@/lib/domain/jobs/job'
import { type Actor, systemActor } from '@/lib/domain/users/actor'
import { execute, query, transaction } from '@/lib/services/data/sql/query'
import { bumpUserVersion, dbNow, interval, ownedBy } from '@/lib/services/data/sql/query-helpers'
import {
  column,
  extendRow,
  nullable,
  type RowType,
  rowType,
  typed
} from '@/lib/services/data/sql/row-type'
import { isToldAtStart } from '@/lib/services/data/sync/triggers'
import {
  bankConnections,
  connectionTasks,
  deletionRequests,
  notices,
  syncPages,
  syncRuns,
  systemJobs,
  transferLocks,
  transfers,
  webhookDeliveries
} from '@/xata/schema'

const system = systemActor('jobs')

/** A claimed job. Only the holder of its lease can renew or end it. */
export type Job<Kind extends JobKind = JobKind> = {
  kind: Kind
  id: string
  attempts: number
  leaseToken: string
  /** From its creation until it was claimed, for the metrics. */
  waitedMs?: number
  /** The trace that enqueued it; null where that was not traced. */
  traceparent?: string | null
}

/**
 * The differences of one kind of job. `j` is the job's row; `job` is the CTE with the changed rows.
 */
type JobTable = {
  table: PgTable
  /** A condition for starting, in addition to being due. */
  startable?: SQL
  /** Columns that a new attempt resets. */
  reset?: SQL
  /** The status of a job that waits for another attempt. */
  requeued?: SQL
  /** A CTE that deletes the leftovers of an attempt. */
  cleanup?: SQL
  /** A condition on `job`: whether open pages are told that it starts, or that it waits again. */
  told?: SQL
  /** Whether an admin can run it again after it completed. */
  repeatable?: boolean
  /** Whether its rows belong to no user. */
  ownerless?: boolean
}

/**
 * One sync per connection runs and one waits. A failed sync is not retried if a newer one waits.
 */
const SYNC: JobTable = {
  table: syncRuns,
  startable: sql`not exists (select 1 from ${syncRuns} live where live.connection_id = j.connection_id and live.status = 'in_progress')
    and exists (select 1 from ${bankConnections} c where c.id = j.connection_id and c.removed_at is null and c.leaving_at is null)
    and not exists (select 1 from ${connectionTasks} o where o.connection_id = j.connection_id and o.kind = 'rotate_token' and o.status = 'in_progress')`,
  reset: sql`, added = 0, modified = 0, removed = 0`,
  requeued: sql`case when exists (select 1 from ${syncRuns} p where p.connection_id = j.connection_id and p.status = 'pending') then 'failed' else 'pending' end`,
  cleanup: sql`, swept as (delete from ${syncPages} p using job where p.run_id = job.id)`,
  told: isToldAtStart(sql`job`)
}

const JOBS: Record<JobKind, JobTable> = {
  lock: { table: transferLocks },
  delivery: { table: webhookDeliveries, repeatable: true, ownerless: true },
  // The message about the deletion is sent first: its row is erased with the others. An e-mail that
  // was put off, and not tried yet, is not waited for.
  deletion: {
    table: deletionRequests,
    startable: sql`not exists (select 1 from ${notices} n where n.user_id = j.user_id and n.message_id is not null
      and n.status in ('pending', 'in_progress') and n.attempts < 3 and (n.attempts > 0 or n.run_at < n.created_at + interval '1 minute'))`
  },
  task: {
    table: connectionTasks,
    // A new token must not replace one that another job uses.
    startable: sql`exists (select 1 from ${bankConnections} c where c.id = j.connection_id and c.removed_at is null and (j.kind <> 'rotate_token' or c.leaving_at is null))
      and not exists (select 1 from ${connectionTasks} o where o.connection_id = j.connection_id and o.id <> j.id and o.status = 'in_progress')
      and (j.kind <> 'rotate_token' or not exists (select 1 from ${syncRuns} r where r.connection_id = j.connection_id and r.status = 'in_progress'))`
  },
  transfer: { table: transfers, startable: sql`j.state = 'sending'` },
  notice: { table: notices },
  sync: SYNC,
  system: { table: systemJobs, ownerless: true }
}

export const jobTable = (kind: JobKind): PgTable => JOBS[kind].table

const due = (): SQL => sql`j.status = 'pending' and j.run_at <= ${dbNow()}`
const expired = (): SQL => sql`j.status = 'in_progress' and j.lease_until < ${dbNow()}`
const released = sql`lease_until = null, lease_token = null, updated_at = now()`
/** Limits a job that crashes its process to one attempt per minute. */
const abandonedUntil = (): SQL =>
  sql`(${dbNow()} + case when j.attempts < 5 then interval '0' else interval '1 minute' end)`

/** Condition on the job's row: this process still holds the lease. */
export const held = ({ id, leaseToken }: Pick<Job, 'id' | 'leaseToken'>): SQL =>
  sql`id = ${id}::uuid and lease_token = ${leaseToken}::uuid and status = 'in_progress'`

/**
 * Column lists for `update … set`: a job in progress, completed (`code` says why nothing was done),
 * or failed permanently.
 */
export const started = (leaseToken: string, leaseMs: number): SQL =>
  sql`status = 'in_progress', lease_token = ${leaseToken}::uuid, lease_until = ${dbNow()} + ${interval(leaseMs)}, started_at = ${dbNow()}, finished_at = null`
export const completed = (code: string | SQL | null = null): SQL =>
  sql`status = 'completed', service = null, code = ${code}, finished_at = ${dbNow()}, ${released}`
export const failed = (service: string, code: string): SQL =>
  sql`status = 'failed', service = ${service}, code = ${code}, finished_at = ${dbNow()}, ${released}`

/**
 * Which of these lanes have a due or abandoned job, in their order: one query instead of a claim
 * per lane. `where` is a lane's condition on its jobs `j`.
 */
export async function findDue<L extends { kind: JobKind; where?: SQL }>(
  lanes: readonly L[]
): Promise<L[]> {
  const looks = lanes.map(({ kind, where = sql`true` }, n) => {
    const has = (state: SQL) =>
      sql`exists (select 1 from ${JOBS[kind].table} j where ${state} and ${where})`
    return sql`select ${n}::int as n where ${has(due())} or ${has(expired())}`
  })
  const found = await query(
    system,
    rowType({ n: column.int4 }),
    sql`${sql.join(looks, sql` union all `)} order by n`
  )
  return found.flatMap(({ n }) => lanes[n] ?? [])
}

type Claim<Columns> = {
  leaseMs: number
  /** Additional columns of `job` to return. */
  columns?: { type: RowType<Columns>; select: SQL }
  /** Which jobs to consider, as a condition on `j`. */
  where?: SQL
  /** CTEs over `job` in the same statement. */
  also?: SQL
}

const JOB_ROW = rowType({
  id: column.uuid,
  attempts: column.int4,
  waitedMs: column.float8,
  traceparent: nullable(column.text)
})

/**
 * Claims the job of a kind that has waited longest and that the actor may access; null if none is
 * due. A job whose lease expired becomes pending again first.
 */
export async function claimJob<Kind extends JobKind, Columns = object>(
  actor: Actor,
  kind: Kind,
  { leaseMs, columns, where = sql`true`, also = sql`` }: Claim<Columns>
): Promise<(Job<Kind> & Columns) | null> {
  const {
    table,
    startable = sql`true`,
    reset = sql``,
    requeued = sql`'pending'`,
    cleanup = sql``,
    told
  } = JOBS[kind]
  const leaseToken = randomUUID()
  const bumped = told
    ? sql`, bumped as (${bumpUserVersion(sql`(select * from job where ${told}) told`)})`
    : sql``
  const [, [found]] = await transaction(actor, [
    sql`with job as (
        update ${table} j set status = ${requeued}, service = null, code = 'ABANDONED', run_at = ${abandonedUntil()}, finished_at = ${dbNow()}, ${released}
        where j.id in (select j.id from ${table} j where ${expired()} limit 20 for update skip locked) returning j.*
      )${cleanup}${bumped} select 1`,
    typed(
      extendRow(JOB_ROW, columns?.type),
      sql`with job as (
        update ${table} j set ${started(leaseToken, leaseMs)}, attempts = j.attempts + 1, updated_at = now()${reset}
        where j.id = (select j.id from ${table} j where ${due()} and ${startable} and ${where} and ${ownedBy(actor, sql`j.user_id`)}
          order by j.run_at, j.created_at limit 1 for update skip locked) returning j.*
      )${also}${bumped} select job.id, job.attempts, job.traceparent, (extract(epoch from ${dbNow()} - job.created_at) * 1000)::float8 as "waitedMs"${columns ? sql`, ${columns.select}` : sql``} from job`
    )
  ])
  return found ? { ...found, kind, leaseToken } : null
}

/** Renews a lease. @returns false if the lease was lost; nothing changes then. */
export async function renewJob(job: Job, { leaseMs }: { leaseMs: number }): Promise<boolean> {
  const renewed = await execute(
    system,
    sql`update ${JOBS[job.kind].table} set lease_until = ${dbNow()} + ${interval(leaseMs)} where ${held(job)} returning id`
  )
  return renewed > 0
}

/** Completes a job; does nothing if the lease was lost. `also` sets additional columns. */
export async function completeJob(job: Job, also = sql``): Promise<void> {
  await execute(
    system,
    sql`update ${JOBS[job.kind].table} set ${completed()}${also} where ${held(job)}`
  )
}

/** Ends a run of a job that repeats: it is due again later. Does nothing if the lease was lost. */
export async function repeatJob(job: Job, { inMs }: { inMs: number }): Promise<void> {
  await execute(
    system,
    sql`update ${JOBS[job.kind].table} set status = 'pending', attempts = 0, service = null, code = null,
    run_at = ${dbNow()} + ${interval(inMs)}, finished_at = ${dbNow()}, ${released} where ${held(job)}`
  )
}

/**
 * Ends a failed attempt: the job waits for the next one, or fails (see `maxAttempts`). Without
 * effect if the lease was lost. `also` are CTEs over `job` in the same statement.
 */
export async function failJob(job: Job, failure: JobFailure, also = sql``): Promise<void> {
  const { table, requeued = sql`'pending'`, cleanup = sql`` } = JOBS[job.kind]
  const limit = maxAttempts(job.kind, failure)
  const pause = retryPause(job.attempts, failure.retryAfterMs, Math.random)
  await execute(
    system,
    sql`with job as (
      update ${table} j set status = case when ${limit}::int is null or j.attempts < ${limit}::int then ${requeued} else 'failed' end,
        service = ${failure.service}, code = ${failure.code}, run_at = ${dbNow()} + ${interval(pause)}, finished_at = ${dbNow()}, ${released}
      where ${held(job)} returning j.*
    )${cleanup}${also} select 1`
  )
}

/**
 * The statement that makes a job due now, for admins. Returns its user_id, or no row if the job
 * does not exist or is running.
 */
export const retried = (kind: Exclude<JobKind, 'sync'>, id: string): SQL => {
  const { table, startable = sql`true`, repeatable, ownerless } = JOBS[kind]
  return sql`update ${table} j set status = 'pending', attempts = 0, run_at = ${dbNow()}, service = null, code = null, updated_at = now()
    where j.id = ${id}::uuid and j.status in ('pending', 'failed'${repeatable ? sql`, 'completed'` : sql``}) and ${startable} returning ${ownerless ? sql`null::text` : sql`j.user_id`} as user_id`
}
