/** Failed jobs, vendor health and the audit log, for admins. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { JobKind } from '@/lib/domain/jobs/job'
import { VENDORS } from '@/lib/domain/jobs/webhook-effects'
import { type AdminActor, systemActor } from '@/lib/domain/users/actor'
import type { FailedJob, VendorStats } from '@/lib/domain/users/admin'
import { retried } from '@/lib/services/data/jobs/jobs'
import { execute, query, transaction } from '@/lib/services/data/sql/query'
import { audit, dbNow, isUuid, jsonb, notFound } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType, typed } from '@/lib/services/data/sql/row-type'
import {
  bankConnections,
  connectionTasks,
  deletionRequests,
  notices,
  quarantine,
  syncRuns,
  systemJobs,
  transferLocks,
  transfers,
  vendorEvents,
  webhookDeliveries
} from '@/xata/schema'

const system = systemActor('admin')

const MAX_JOBS = 100
/** Failed e-mails and transfers stay failed; older ones are not listed. */
const VISIBLE_FOR = sql`interval '30 days'`

const FAILED_JOB = rowType({
  kind: column.textOf<JobKind>(),
  id: column.uuid,
  userId: nullable(column.text),
  what: column.text,
  status: column.text,
  attempts: column.int4,
  service: nullable(column.text),
  code: nullable(column.text),
  runAt: column.timestamptz,
  at: column.timestamptz
})

/**
 * Jobs that failed or wait for a retry, and syncs with quarantined rows. A failed sync counts only
 * if its connection has no newer successful one.
 */
export async function listFailedJobs(): Promise<FailedJob[]> {
  const columns = sql`status, attempts, service, code, run_at as "runAt", updated_at as at`
  return query(
    system,
    FAILED_JOB,
    sql`select * from (
      select 'sync' as kind, r.id, r.user_id as "userId", c.institution_name as what, r.status, r.attempts, r.service, r.code, r.run_at as "runAt", r.updated_at as at
        from ${syncRuns} r join ${bankConnections} c on c.id = r.connection_id where c.removed_at is null and r.status in ('failed', 'pending') and r.code is not null
          and not exists (select 1 from ${syncRuns} n where n.connection_id = r.connection_id and n.created_at > r.created_at)
      union all select 'sync', latest.id, q.user_id, c.institution_name || ' · ' || q.n || ' in quarantine', latest.status, latest.attempts, 'plaid', 'QUARANTINED', latest.run_at, q.at
        from (select connection_id, user_id, count(*) as n, max(updated_at) as at from ${quarantine} group by connection_id, user_id) q
          join ${bankConnections} c on c.id = q.connection_id and c.removed_at is null
          join lateral (select * from ${syncRuns} r where r.connection_id = c.id order by r.created_at desc limit 1) latest on latest.status = 'completed'
      union all select 'delivery', id, null, concat_ws(' ', vendor, type, event_code), ${columns} from ${webhookDeliveries} where status in ('failed', 'pending') and code is not null
      union all select 'task', id, user_id, kind, ${columns} from ${connectionTasks} where status = 'pending' and code is not null
      union all select 'deletion', id, user_id, 'all data of a user', ${columns} from ${deletionRequests} where status = 'pending' and code is not null
      union all select 'lock', id, user_id, 'sign-out everywhere', ${columns} from ${transferLocks} where status = 'pending' and code is not null
      union all select 'system', id, null, replace(kind, '_', ' '), ${columns} from ${systemJobs} where status = 'pending' and code is not null
      union all select 'notice', n.id, n.user_id, coalesce(c.institution_name, n.trouble), n.status, n.attempts, n.service, n.code, n.run_at, n.updated_at
        from ${notices} n left join ${bankConnections} c on c.id = n.connection_id
        where n.status in ('failed', 'pending') and n.code is not null and n.updated_at > ${dbNow()} - ${VISIBLE_FOR}
      union all select 'transfer', id, user_id, case direction when 'in' then 'deposit' else 'withdrawal' end, case state when 'sending' then 'pending' else 'failed' end,
          attempts, 'jiko', coalesce(return_code, upper(state)), coalesce(run_at, updated_at), updated_at from ${transfers}
        where ((state = 'sending' and attempts > 0) or state in ('refused', 'not_sent', 'rejected', 'returned')) and updated_at > ${dbNow()} - ${VISIBLE_FOR}
    ) work order by at desc, id limit ${MAX_JOBS}::int`
  )
}

/** A sync is requested once more; every other job runs again. */
const again = (kind: JobKind, id: string): SQL =>
  kind === 'sync'
    ? sql`insert into ${syncRuns} as r (id, user_id, connection_id, trigger, run_at)
        select gen_random_uuid(), f.user_id, f.connection_id, 'admin', ${dbNow()} from ${syncRuns} f join ${bankConnections} c on c.id = f.connection_id
          where f.id = ${id}::uuid and f.status <> 'in_progress' and c.removed_at is null and c.leaving_at is null
        on conflict (connection_id) where status = 'pending' do update set run_at = excluded.run_at, trigger = excluded.trigger, updated_at = now() returning user_id`
    : retried(kind, id)

/** Retries one job now. @throws RequestError not_found. */
export async function retryJob(
  admin: AdminActor,
  { kind, id, reason }: { kind: JobKind; id: string; reason: string }
): Promise<void> {
  const done = isUuid(id)
    ? await execute(
        admin,
        sql`with changed as (${again(kind, id)}),
        ${audit(admin, sql`changed`, { action: 'admin.work_retried', subject: sql`${id}`, detail: jsonb({ kind }), reason })} select 1 from changed`
      )
    : null
  if (!done) throw notFound('waiting work')
}

const CALLS = rowType({
  service: vendorEvents.service,
  calls: column.int4,
  failures: column.int4,
  lastSuccessAt: nullable(column.timestamptz),
  lastFailureAt: nullable(column.timestamptz),
  slowestMs: column.int4
})

/** Calls and failures per vendor in the last day, over all processes. */
export async function listVendorStats(): Promise<VendorStats[]> {
  const today = sql`created_at > ${dbNow()} - interval '1 day'`
  const [calls, errors, webhooks] = await transaction(system, [
    typed(
      CALLS,
      sql`select service, count(*)::int as calls, count(error_code)::int as failures, max(created_at) filter (where error_code is null) as "lastSuccessAt",
        max(created_at) filter (where error_code is not null) as "lastFailureAt", (percentile_disc(0.95) within group (order by duration_ms))::int as "slowestMs"
      from ${vendorEvents} where ${today} group by service`
    ),
    typed(
      rowType({ service: vendorEvents.service, code: column.text, count: column.int4 }),
      sql`select service, error_code as code, count(*)::int as count from ${vendorEvents} where error_code is not null and ${today} group by 1, 2 order by 3 desc, 2 limit 20`
    ),
    typed(
      rowType({ service: webhookDeliveries.vendor, at: column.timestamptz }),
      sql`select vendor as service, max(created_at) as at from ${webhookDeliveries} group by 1`
    )
  ])
  const none = { calls: 0, failures: 0, slowestMs: 0, lastSuccessAt: null, lastFailureAt: null }
  return VENDORS.map((service) => ({
    ...none,
    ...calls.find((one) => one.service === service),
    service,
    lastWebhookAt: webhooks.find((one) => one.service === service)?.at ?? null,
    errors: errors
      .filter((one) => one.service === service)
      .map(({ code, count }) => ({ code, count }))
  }))
}
