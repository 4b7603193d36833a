/** Counts over all users for `/api/metrics`. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { JOB_KINDS, type JobKind } from '@/lib/domain/jobs/job'
import { systemActor } from '@/lib/domain/users/actor'
import { jobTable } from '@/lib/services/data/jobs/jobs'
import { query } from '@/lib/services/data/sql/query'
import { dbNow } from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, rowType } from '@/lib/services/data/sql/row-type'
import {
  applicationDrafts,
  applications,
  bankAccounts,
  bankConnections,
  transfers,
  users
} from '@/xata/schema'

const system = systemActor('metrics')

const JOB_FIGURES = rowType({
  kind: column.textOf<JobKind>(),
  lane: column.text,
  status: column.text,
  count: column.int4,
  /** Seconds for which the oldest due job has been due; 0 if none is. */
  oldest: column.float8
})
export type JobFigures = InferRow<typeof JOB_FIGURES>

/** Deliveries have a lane per vendor; every other kind is one. */
const laneOf = (kind: JobKind): SQL => (kind === 'delivery' ? sql`vendor` : sql`${kind}::text`)

/** Waiting and running jobs. Both states have partial indexes, so the size of a history is no cost. */
export const readJobFigures = (): Promise<JobFigures[]> =>
  query(
    system,
    JOB_FIGURES,
    sql.join(
      JOB_KINDS.flatMap((kind) =>
        ['pending', 'in_progress'].map(
          (
            status
          ) => sql`select ${kind}::text as kind, ${laneOf(kind)} as lane, ${sql.raw(`'${status}'`)}::text as status, count(*)::int as count,
            coalesce(extract(epoch from ${dbNow()} - min(run_at) filter (where run_at <= ${dbNow()} and status = 'pending')), 0)::float8 as oldest
          from ${jobTable(kind)} where status = ${sql.raw(`'${status}'`)} group by 2`
        )
      ),
      sql` union all `
    )
  )

const COUNT = rowType({ name: column.text, count: column.int4 })
export type Count = { name: string; count: number }

/** Transfers by state, without drafts. */
export const countTransfers = (): Promise<Count[]> =>
  query(
    system,
    COUNT,
    sql`select state as name, count(*)::int as count from ${transfers} where state not in ('draft', 'replaced') group by 1`
  )

/** Connections by status. */
export const countConnections = (): Promise<Count[]> =>
  query(
    system,
    COUNT,
    sql`select status as name, count(*)::int as count from ${bankConnections} where removed_at is null group by 1`
  )

/** How many users reached each step: each count includes those who went further. */
export const countOnboarding = (): Promise<Count[]> =>
  query(
    system,
    COUNT,
    sql`select * from (values
      ('signed_up', (select count(*)::int from ${users})),
      ('answering', (select count(distinct user_id)::int from (select user_id from ${applicationDrafts} union all select user_id from ${applications}) a)),
      ('submitted', (select count(*)::int from ${applications} where applied_at is not null)),
      ('approved', (select count(*)::int from ${applications} where status = 'APPROVED')),
      ('account_open', (select count(distinct user_id)::int from ${bankAccounts})),
      ('bank_linked', (select count(distinct user_id)::int from ${bankConnections}))) as steps (name, count)`
  )
