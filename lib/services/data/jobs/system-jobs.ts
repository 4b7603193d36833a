/** Jobs of the app itself: one row per kind, which always runs again. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { SYSTEM_JOB_KINDS, type SystemJobKind } from '@/lib/domain/jobs/system-job'
import { type SystemActor, systemActor } from '@/lib/domain/users/actor'
import { claimJob, type Job } from '@/lib/services/data/jobs/jobs'
import { execute } from '@/lib/services/data/sql/query'
import { dbNow, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { systemJobs } from '@/xata/schema'

const system = systemActor('jobs')

export type SystemJob = Job<'system'> & { what: SystemJobKind }

/** Adds the kinds that have no row yet. */
export async function ensureSystemJobs(): Promise<void> {
  await execute(
    system,
    sql`insert into ${systemJobs} (id, kind, run_at)
    select gen_random_uuid(), kind, ${dbNow()} from jsonb_array_elements_text(${jsonb(SYSTEM_JOB_KINDS)}) as kind
    on conflict (kind) do nothing`
  )
}

/** Kinds of a newer version that still runs beside this one are left to it. */
export const claimSystemJob = (
  app: SystemActor,
  { leaseMs }: { leaseMs: number }
): Promise<SystemJob | null> =>
  claimJob(app, 'system', {
    leaseMs,
    where: sql`j.kind in (select jsonb_array_elements_text(${jsonb(SYSTEM_JOB_KINDS)}))`,
    columns: {
      type: rowType({ what: column.textOf<SystemJobKind>() }),
      select: sql`job.kind as what`
    }
  })
