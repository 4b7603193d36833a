/**
 * Reports that read a long history, kept until the user's next change. Every commit that changes what
 * a report reads raises the user's version in the same transaction.
 */
import 'server-only'
import { serialize } from 'node:v8'
import { sql } from 'drizzle-orm'
import type { UserActor } from '@/lib/domain/users/actor'
import { singleton } from '@/lib/platform/globals'
import { column, rowType, typed } from '@/lib/services/data/sql/row-type'
import { readOne } from '@/lib/services/data/sql/short-reads'
import { userChanges } from '@/xata/schema'

/** Of one process. The least recently used go first. */
const MAX_USERS = 500
const MAX_REPORTS_PER_USER = 24
const MAX_BYTES = 32 * 1024 * 1024

type Report = { result: Promise<unknown>; bytes: number }
/** One user's reports of one version, by name and parameters, the least recently used first. */
type UserReports = { version: string; reports: Map<string, Report> }
type Kept = {
  users: Map<string, UserReports>
  /** Version reads that are not sent yet, by user. */
  reading: Map<string, Promise<string>>
}

const kept = () => singleton('reports', (): Kept => ({ users: new Map(), reading: new Map() }))

/**
 * The result of `compute` for this user's rows and these parameters, which must be all that it depends
 * on: also the day and the time zone. Callers share the result and must not change it.
 */
export async function cachedReport<T>(
  actor: UserActor,
  [name, ...parameters]: [name: string, ...parameters: string[]],
  compute: () => Promise<T>
): Promise<T> {
  // Read first: a change that commits meanwhile has a later version.
  const { reports } = reportsOf(actor.userId, await readVersion(actor))
  const key = JSON.stringify([name, ...parameters])
  const report = reports.get(key) ?? { result: compute(), bytes: 0 }
  touch(reports, key, report)
  if (reports.size > MAX_REPORTS_PER_USER) dropOldest(reports)
  try {
    const result = (await report.result) as T
    if (report.bytes === 0) {
      report.bytes = serialize(result).length
      dropLargeUsers()
    }
    return result
  } catch (thrown) {
    if (reports.get(key) === report) reports.delete(key)
    throw thrown
  }
}

/** The user's reports of this version; those of another version are dropped. */
function reportsOf(userId: string, version: string): UserReports {
  const { users } = kept()
  const known = users.get(userId)
  const current = known?.version === version ? known : { version, reports: new Map() }
  touch(users, userId, current)
  if (users.size > MAX_USERS) dropOldest(users)
  return current
}

/** Moves an entry to the end of a map: it was used last. */
function touch<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
}

function dropOldest(map: Map<string, unknown>): void {
  for (const oldest of map.keys()) {
    map.delete(oldest)
    return
  }
}

/** Counted when a report was computed, which takes longer than to add up those of every user. */
function dropLargeUsers(): void {
  const { users } = kept()
  const sizes = [...users].map(
    ([userId, { reports }]) =>
      [userId, [...reports.values()].reduce((sum, { bytes }) => sum + bytes, 0)] as const
  )
  let total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0)
  for (const [userId, bytes] of sizes) {
    if (total <= MAX_BYTES) return
    users.delete(userId)
    total -= bytes
  }
}

/**
 * The user's version, read once for all reports of a page. Only requests that came before the
 * statement is sent share it, so no one gets a version from before their own last change.
 */
function readVersion(actor: UserActor): Promise<string> {
  const { reading } = kept()
  const waiting = reading.get(actor.userId)
  if (waiting) return waiting
  const found = queryVersion(actor)
  reading.set(actor.userId, found)
  // The statement is sent at the end of this turn.
  setImmediate(() => reading.delete(actor.userId))
  return found
}

const VERSION = rowType({ version: column.int8, changedAt: userChanges.changedAt })

/** With the time of the change: a database that was restored counts its versions again. */
async function queryVersion(actor: UserActor): Promise<string> {
  const found = await readOne(
    actor,
    typed(
      VERSION,
      sql`select version, changed_at as "changedAt" from ${userChanges} where user_id = ${actor.userId}`
    )
  )
  return found ? `${found.version} ${found.changedAt}` : 'none'
}
