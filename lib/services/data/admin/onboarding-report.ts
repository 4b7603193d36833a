/** The operator's view of onboarding: who reached which step, where they stop, and who is stuck. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import {
  FUNNEL_STEPS,
  type FunnelCohort,
  type FunnelCount,
  type FunnelStep,
  type LinkErrorCount,
  type StuckApplication
} from '@/lib/domain/onboarding/funnel'
import { QUESTIONS } from '@/lib/domain/onboarding/onboarding'
import { systemActor } from '@/lib/domain/users/actor'
import { query } from '@/lib/services/data/sql/query'
import { dbNow, interval, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType } from '@/lib/services/data/sql/row-type'
import {
  applications,
  auditDetails,
  auditEntries,
  bankAccounts,
  bankConnections,
  institutions,
  linkEvents,
  users
} from '@/xata/schema'

const system = systemActor('metrics')
const DAY_MS = 86_400_000
/** The longest list of stuck applications; an operator works from the oldest on. */
const MAX_STUCK = 100
const MAX_LINK_ERRORS = 50

const indexOf = (step: FunnelStep): number => FUNNEL_STEPS.indexOf(step)

/**
 * `steps (user_id, n, at)`: when each user who signed up in the period first did each step. Answers
 * are known from the audit log, because the draft itself is encrypted and deleted later.
 */
const stepTimes = (where: SQL): SQL => sql`cohort as (
    select u.id as user_id, u.created_at as at from ${users} u where ${where}
  ), steps as (
    select user_id, ${indexOf('signed_up')}::int as n, at from cohort
    union all select d.user_id, q.n::int, min(e.created_at) from cohort c
      join ${auditDetails} d on d.user_id = c.user_id
      join ${auditEntries} e on e.id = d.audit_id and e.action = 'application.answered'
      join jsonb_array_elements_text(${jsonb(QUESTIONS.map(({ key }) => key))}) with ordinality as q (name, n)
        on e.detail -> 'questions' @> to_jsonb(q.name)
      group by 1, 2
    union all select d.user_id, ${indexOf('agreements')}::int, min(e.created_at) from cohort c
      join ${auditDetails} d on d.user_id = c.user_id
      join ${auditEntries} e on e.id = d.audit_id and e.action = 'application.consented' group by 1
    union all select a.user_id, ${indexOf('submitted')}::int, a.applied_at from cohort join ${applications} a using (user_id)
      where a.applied_at is not null
    union all select b.user_id, ${indexOf('account_open')}::int, b.created_at from cohort join ${bankAccounts} b using (user_id)
    union all select b.user_id, ${indexOf('bank_linked')}::int, min(b.created_at) from cohort join ${bankConnections} b using (user_id)
      group by 1
  ), reached as (select user_id, max(n) as furthest, max(at) as moved_at from steps group by 1)`

const within = (days: number): SQL => sql`u.created_at >= ${dbNow()} - ${interval(days * DAY_MS)}`

/** Each step of the users who signed up in the last `days` days. */
export async function readFunnel(days: number): Promise<FunnelCount[]> {
  const rows = await query(
    system,
    rowType({
      n: column.int4,
      entered: column.int4,
      done: column.int4,
      medianSeconds: nullable(column.float8)
    }),
    sql`with ${stepTimes(within(days))}
    select s.n::int as n, (select count(*) from reached where furthest >= s.n - 1)::int as entered,
      (select count(*) from reached where furthest >= s.n)::int as done,
      (select percentile_cont(0.5) within group (order by extract(epoch from b.at - a.at)::float8)
        from steps a join steps b using (user_id) where a.n = s.n - 1 and b.n = s.n and b.at >= a.at) as "medianSeconds"
    from generate_series(0, ${FUNNEL_STEPS.length - 1}::int) as s (n) order by 1`
  )
  return rows.map(({ n, ...counts }) => ({ step: FUNNEL_STEPS[n] as FunnelStep, ...counts }))
}

/** The same users by day of sign-up, newest first. */
export function readFunnelCohorts(days: number): Promise<FunnelCohort[]> {
  const atLeast = (step: FunnelStep) =>
    sql`(count(*) filter (where r.furthest >= ${indexOf(step)}::int))::int`
  return query(
    system,
    rowType({
      day: column.date,
      signedUp: column.int4,
      submitted: column.int4,
      accountOpen: column.int4,
      bankLinked: column.int4
    }),
    sql`with ${stepTimes(within(days))}
    select (c.at at time zone 'UTC')::date as day, count(*)::int as "signedUp", ${atLeast('submitted')} as submitted,
      ${atLeast('account_open')} as "accountOpen", ${atLeast('bank_linked')} as "bankLinked"
    from cohort c join reached r using (user_id) group by 1 order by 1 desc`
  )
}

/** Errors that ended Link, by bank, most frequent first. */
export const countLinkErrors = (days: number): Promise<LinkErrorCount[]> =>
  query(
    system,
    rowType({ institution: column.text, code: column.text, count: column.int4 }),
    sql`select coalesce(i.name, l.institution_id, 'No bank chosen') as institution, l.error_code as code, count(*)::int as count
    from ${linkEvents} l left join ${institutions} i on i.id = l.institution_id
    where l.error_code is not null and l.created_at >= ${dbNow()} - ${interval(days * DAY_MS)}
    group by 1, 2 order by 3 desc, 1, 2 limit ${MAX_LINK_ERRORS}::int`
  )

/** Users who began to answer and have not moved for a day, the longest first. */
export async function listStuckApplications(days: number): Promise<StuckApplication[]> {
  const rows = await query(
    system,
    rowType({
      userId: column.text,
      n: column.int4,
      status: nullable(column.text),
      since: column.timestamptz
    }),
    sql`with ${stepTimes(within(days))}
    select r.user_id as "userId", case when a.id is not null then ${indexOf('submitted')}::int else r.furthest end as n,
      a.status, greatest(r.moved_at, a.updated_at) as since
    from reached r left join ${applications} a on a.user_id = r.user_id
    where r.furthest >= 1 and r.furthest < ${indexOf('account_open')}::int and (a.status is null or a.status <> 'REJECTED')
      and greatest(r.moved_at, a.updated_at) < ${dbNow()} - ${interval(DAY_MS)}
    order by since, 1 limit ${MAX_STUCK}::int`
  )
  return rows.map(({ n, ...rest }) => ({ ...rest, step: FUNNEL_STEPS[n] as FunnelStep }))
}
