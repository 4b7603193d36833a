import 'server-only'
import { sql } from 'drizzle-orm'
import type { UserActor } from '@/lib/domain/users/actor'
import { execute, queryOne } from '@/lib/services/data/sql/query'
import { dbNow, interval } from '@/lib/services/data/sql/query-helpers'
import { rowType } from '@/lib/services/data/sql/row-type'
import { visits } from '@/xata/schema'

/** A user who returns within this time is still in the same session. */
const SESSION_MS = 30 * 60_000
const isSessionOver = () => sql`v.visited_at < ${dbNow()} - ${interval(SESSION_MS)}`

/** When the user last saw the transactions before this session; null in the first one. */
export async function findLastSeen(actor: UserActor): Promise<string | null> {
  const found = await queryOne(
    actor,
    rowType({ at: visits.previousAt }),
    sql`select case when ${isSessionOver()} then v.visited_at else v.previous_at end as at from ${visits} v where v.user_id = ${actor.userId}`
  )
  return found?.at ?? null
}

/**
 * Records that the user sees the transactions. No page shows it, so there is no audit row and no
 * new version.
 */
export async function recordLastSeen(actor: UserActor): Promise<void> {
  await execute(
    actor,
    sql`insert into ${visits} as v (user_id, visited_at) values (${actor.userId}, ${dbNow()})
    on conflict (user_id) do update set previous_at = case when ${isSessionOver()} then v.visited_at else v.previous_at end,
      visited_at = ${dbNow()}`
  )
}
