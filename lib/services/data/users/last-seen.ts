import 'server-only'
import { sql } from 'drizzle-orm'
import { visits } from '@/xata/schema'
import type { UserActor } from '@/lib/domain/users/actor'
import { moment, span } from '@/lib/services/data/sql/query-helpers'
import { row, rows } from '@/lib/services/data/sql/query'

/** Somebody who looks again within this time is still on the same visit. */
const VISIT_MS = 30 * 60_000
const isOver = () => sql`v.visited_at < ${moment()} - ${span(VISIT_MS)}`

/** When the person looked at their transactions before this visit; null at the first. */
export async function findLastVisit(person: UserActor): Promise<string | null> {
  const found = await row<{ at: string | null }>(
    sql`select case when ${isOver()} then v.visited_at else v.previous_at end as at from ${visits} v where v.user_id = ${person.userId}`
  )
  return found?.at ?? null
}

/** Notes that the person is looking at their transactions. It changes nothing that any page shows, so nobody is told and nothing is audited. */
export async function recordVisit({ userId }: UserActor): Promise<void> {
  await rows(sql`insert into ${visits} as v (user_id, visited_at) values (${userId}, ${moment()})
    on conflict (user_id) do update set previous_at = case when ${isOver()} then v.visited_at else v.previous_at end,
      visited_at = ${moment()}`)
}
