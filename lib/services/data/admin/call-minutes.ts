/** Vendor calls, syncs and webhooks by minute, for the detection of anomalies. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { VENDORS } from '@/lib/domain/jobs/webhook-effects'
import type { SystemActor } from '@/lib/domain/users/actor'
import { query } from '@/lib/services/data/sql/query'
import { dbNow, interval, sqlList } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType } from '@/lib/services/data/sql/row-type'
import {
  bankConnections,
  institutions,
  syncRuns,
  vendorEvents,
  webhookDeliveries
} from '@/xata/schema'

const CALLS = rowType({
  source: column.textOf<'calls' | 'jobs' | 'webhooks'>(),
  service: column.text,
  institutionId: nullable(column.text),
  institutionName: nullable(column.text),
  errorType: nullable(column.text),
  errorCode: nullable(column.text),
  /** Whole minutes before now. */
  age: column.int4,
  count: column.int4,
  /** Sum of the natural logarithms of the successful calls' milliseconds. */
  logMs: column.float8
})

export type CallMinute = {
  source: 'calls' | 'jobs' | 'webhooks'
  service: string
  institutionId: string | null
  institutionName: string | null
  errorType: string | null
  errorCode: string | null
  age: number
  count: number
  logMs: number
}

/**
 * The calls, jobs and webhooks of the last `withinMs`, of all users. Syncs that failed on our side are
 * jobs of `pangea`.
 */
export async function listCallMinutes(
  app: SystemActor,
  { withinMs }: { withinMs: number }
): Promise<CallMinute[]> {
  const since = sql`${dbNow()} - ${interval(withinMs)}`
  const age = (at: ReturnType<typeof sql>) =>
    sql`floor(extract(epoch from ${dbNow()} - ${at}) / 60)::int`
  return query(
    app,
    CALLS,
    sql`select 'calls' as source, e.service, c.institution_id as "institutionId", max(coalesce(i.name, c.institution_name)) as "institutionName",
      e.error_type as "errorType", e.error_code as "errorCode", ${age(sql`e.created_at`)} as age, count(*)::int as count,
      coalesce(sum(ln(greatest(e.duration_ms, 1))) filter (where e.error_code is null), 0)::float8 as "logMs"
    from ${vendorEvents} e left join ${bankConnections} c on c.id = e.connection_id left join ${institutions} i on i.id = c.institution_id
    where e.service in ${sqlList(VENDORS)} and e.created_at > ${since} group by e.service, c.institution_id, e.error_type, e.error_code, 7
    union all select 'jobs', 'pangea', null, null, null, case when r.status = 'completed' or r.service <> 'pangea' then null else r.code end, ${age(sql`r.updated_at`)}, count(*)::int, 0
    from ${syncRuns} r where r.updated_at > ${since} and (r.finished_at is not null) group by 6, 7
    union all select 'webhooks', d.vendor, null, null, null, null, ${age(sql`d.created_at`)}, count(*)::int, 0
    from ${webhookDeliveries} d where d.created_at > ${since} group by d.vendor, 7`
  )
}
