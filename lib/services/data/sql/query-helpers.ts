/**
 * Building blocks of statements: ownership, time, and the audit and version rows of every change.
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { RequestError } from '@/lib/platform/errors'
import { auditLog, userChanges } from '@/xata/schema'

/** A user reads only their own rows; a system actor reads any. */
export const ownedBy = (actor: Actor, userId: SQLWrapper): SQL =>
  actor.kind === 'person' ? sql`${userId} = ${actor.userId}` : sql`true`

/** The database's time, the same for every process; shifted with the app's clock in tests. */
export function dbNow(): SQL {
  const offset = Math.round(now().getTime() - Date.now())
  // Two readings of the clock can differ by a millisecond without a shift.
  return Math.abs(offset) < 5 ? sql`now()` : sql`(now() + ${interval(offset)})`
}

/** Milliseconds as an interval. */
export const interval = (milliseconds: number): SQL =>
  sql`(${milliseconds}::double precision * interval '1 millisecond')`

/**
 * An instant as a parameter. A Date is converted to its age and subtracted from the database's
 * time: this machine's clock may be wrong.
 */
export const timestamptz = (at: Date | string | null): SQL =>
  at instanceof Date
    ? sql`(${dbNow()} - ${interval(now().getTime() - at.getTime())})`
    : sql`${at}::timestamptz`

/** A value as jsonb. */
export const jsonb = (value: unknown): SQL =>
  sql`${JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part))}::jsonb`

export type AuditInput = {
  action: string
  /** SQL over the CTE's columns, such as its id. */
  subject?: SQL
  detail?: SQL
}

/**
 * The audit rows of a change: one for each row of the CTE `from`, which has a user_id. Runs inside
 * the same statement, so that a change without its audit row cannot exist.
 */
export function audit(actor: Actor, from: SQL, { action, subject, detail }: AuditInput): SQL {
  const [kind, id] = actor.kind === 'person' ? ['person', actor.userId] : ['system', actor.reason]
  return sql`insert into ${auditLog} (id, actor_kind, actor_id, user_id, action, subject, detail, created_at)
    select ${randomUUID()}::uuid, ${kind}, ${id}, user_id, ${action}, (${subject ?? sql`null`})::text, ${detail ?? sql`'{}'::jsonb`}, ${dbNow()} from ${from} limit 1`
}

/** Bumps the version of the CTE’s users, so that open pages refresh. */
export const bumpUserVersion = (
  from: SQL
): SQL => sql`insert into ${userChanges} as v (user_id, version, changed_at)
  select distinct user_id, 1, ${dbNow()} from ${from} order by 1
  on conflict (user_id) do update set version = v.version + 1, changed_at = excluded.changed_at`

type ChangeInput = AuditInput & {
  /** CTEs that the change reads. */
  before?: SQL
  /** CTEs over `changed`. */
  also?: SQL
  /** The last part of the statement. */
  result?: SQL
}

/**
 * A change in one statement: the CTE `changed`, which has a user_id, with its audit row and the
 * user's new version.
 */
export function auditedChange(
  actor: Actor,
  changed: SQL,
  { before, also, result = sql`select 1 from changed`, ...event }: ChangeInput
): SQL {
  const given = [
    ...(before ? [before] : []),
    sql`changed as (${changed})`,
    ...(also ? [also] : []),
    sql`audited as (${audit(actor, sql`changed`, event)})`,
    sql`bumped as (${bumpUserVersion(sql`changed`)})`
  ]
  return sql`with ${sql.join(given, sql`, `)} ${result}`
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Ids arrive from URLs; text that is no UUID matches no row. */
export const isUuid = (id: string): boolean => UUID.test(id)

export const notFound = (what: string): RequestError =>
  new RequestError('not_found', `There is no such ${what}.`)
