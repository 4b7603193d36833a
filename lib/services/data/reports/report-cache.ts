/**
 * Reports that read a long history, kept until the user's next change. Every commit that changes what
 * a report reads raises the user's version, in the same statement.
 */
import 'server-only'
import { sql } from 'drizzle-orm'
import type { UserActor } from '@/lib/domain/users/actor'
import { singleton } from '@/lib/platform/globals'
import { queryOne } from '@/lib/services/data/sql/query'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { userChanges } from '@/xata/schema'

const MAX_REPORTS = 500

type Report = { basis: string; result: Promise<unknown> }
/** By user and name, the least recently used first. */
const reports = () => singleton('reports', () => new Map<string, Report>())

/**
 * The result of `compute` for this user's rows and these parameters; at most one per report and user
 * is kept. Callers share it and must not change it.
 */
export async function cachedReport<T>(
  actor: UserActor,
  [name, ...parameters]: [name: string, ...parameters: string[]],
  compute: () => Promise<T>
): Promise<T> {
  // Read first: a change that commits meanwhile has a later version.
  const basis = [await readVersion(actor), ...parameters].join(' ')
  const key = `${actor.userId} ${name}`
  const known = reports().get(key)
  const report = known?.basis === basis ? known : { basis, result: compute() }
  reports().delete(key)
  reports().set(key, report)
  for (const oldest of reports().keys()) {
    if (reports().size <= MAX_REPORTS) break
    reports().delete(oldest)
  }
  try {
    return (await report.result) as T
  } catch (thrown) {
    if (reports().get(key) === report) reports().delete(key)
    throw thrown
  }
}

async function readVersion(actor: UserActor): Promise<bigint> {
  const found = await queryOne(
    actor,
    rowType({ version: column.int8 }),
    sql`select version from ${userChanges} where user_id = ${actor.userId}`
  )
  return found?.version ?? 0n
}
