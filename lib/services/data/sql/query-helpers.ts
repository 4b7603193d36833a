/**
 * Building blocks of statements: ownership, time, and the audit and version rows of every change.
 */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { RequestError } from '@/lib/platform/errors'
import { auditDetails, auditEntries, userChanges } from '@/xata/schema'

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
  /** Ids and counts, never text that a user typed. */
  detail?: SQL
  /** An admin's reason, which an erasure can redact. */
  reason?: string | null
  outcome?: 'success' | 'failure'
  /** An entry for every row of the CTE instead of one for the first. */
  each?: boolean
}

/**
 * CTEs, the last one called `name`: the audit entry of a change and its personal details, about one
 * row of the CTE `from` or about each, which have a user_id. They run inside the same statement, so
 * that a change without its entry cannot exist.
 */
export function audit(
  actor: Actor,
  from: SQL,
  { action, subject, detail, reason = null, outcome = 'success', each = false }: AuditInput,
  name = 'audited'
): SQL {
  const [id, limit] = each
    ? [sql`gen_random_uuid()`, sql``]
    : [sql`${randomUUID()}::uuid`, sql` limit 1`]
  const row = sql.raw(`${name}_row`)
  const { kind, actorId, sessionId = null, network = null } = audited(actor)
  return sql`${row} as materialized (select ${id} as audit_id, user_id, (${subject ?? sql`null`})::text as subject, ${detail ?? sql`'{}'::jsonb`} as detail from ${from}${limit}),
    ${sql.raw(`${name}_entry`)} as (
      insert into ${auditEntries} (id, actor_kind, action, outcome, detail, created_at)
      select audit_id, ${kind}, ${action}, ${outcome}, detail, ${dbNow()} from ${row}
    ), ${sql.raw(name)} as (
      insert into ${auditDetails} (audit_id, actor_id, user_id, subject, session_id, network, reason)
      select audit_id, ${actorId}, user_id, subject, ${sessionId}::text, ${network}::text, ${reason}::text from ${row}
    )`
}

const audited = (actor: Actor) =>
  actor.kind === 'person'
    ? { ...actor, actorId: actor.userId }
    : { kind: actor.kind, actorId: actor.reason, sessionId: null, network: null }

/** Bumps the version of the CTE’s users, so that open pages refresh. */
export const bumpUserVersion = (
  from: SQL
): SQL => sql`insert into ${userChanges} as v (user_id, version, changed_at)
  select distinct user_id, 1, ${dbNow()} from ${from} order by 1
  on conflict (user_id) do update set version = v.version + 1, changed_at = excluded.changed_at, traceparent = excluded.traceparent`

type ChangeInput = AuditInput & {
  /** CTEs that the change reads. */
  before?: SQL
  /** CTEs over `changed`. */
  also?: SQL
  /** The last part of the statement. */
  result?: SQL
  /** Whether a page shows the change. */
  seen?: boolean
}

/**
 * A change in one statement: the CTE `changed`, which has a user_id, with its audit row and the
 * user's new version if a page shows it.
 */
export function auditedChange(
  actor: Actor,
  changed: SQL,
  { before, also, result = sql`select 1 from changed`, seen = true, ...event }: ChangeInput
): SQL {
  const given = [
    ...(before ? [before] : []),
    sql`changed as (${changed})`,
    ...(also ? [also] : []),
    sql`${audit(actor, sql`changed`, event)}`,
    ...(seen ? [sql`bumped as (${bumpUserVersion(sql`changed`)})`] : [])
  ]
  return sql`with ${sql.join(given, sql`, `)} ${result}`
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Ids arrive from URLs; text that is no UUID matches no row. */
export const isUuid = (id: string): boolean => UUID.test(id)

/** The fields that a change gives: undefined keeps what is stored. */
export const givenFields = (change: object): string[] =>
  Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]))

export const notFound = (what: string): RequestError =>
  new RequestError('not_found', `There is no such ${what}.`)

/** The right side of `in`. */
export const sqlList = (list: Iterable<string>): SQL =>
  sql`(${sql.join(
    [...list].map((word) => sql`${word}`),
    sql`, `
  )})`
