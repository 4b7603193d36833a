import 'server-only'
import { sql } from 'drizzle-orm'
import { type Actor, systemActor } from '@/lib/domain/users/actor'
import { queryOne } from '@/lib/services/data/sql/query'
import { dbNow, interval } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { rateLimits } from '@/xata/schema'

/**
 * Counts one request against `limit` per window, which starts with the first request. One
 * statement, so the count is exact across processes.
 * @returns whether the request is allowed, else the milliseconds until the window ends.
 */
export async function consumeRateLimit(
  actor: Actor,
  name: string,
  { limit, windowMs }: { limit: number; windowMs: number }
): Promise<{ allowed: boolean; retryAfterMs: number }> {
  const key = `${name}:${actor.kind}:${actor.kind === 'person' ? actor.userId : actor.reason}`
  const windowEnded = sql`l.window_started_at <= ${dbNow()} - ${interval(windowMs)}`
  const counted = await queryOne(
    systemActor('rate_limit'),
    rowType({ taken: rateLimits.taken, leftMs: column.float8 }),
    sql`
    insert into ${rateLimits} as l (key, window_started_at, taken) values (${key}, ${dbNow()}, 1)
    on conflict (key) do update set
      taken = case when ${windowEnded} then 1 else least(l.taken, ${limit}::int) + 1 end,
      window_started_at = case when ${windowEnded} then ${dbNow()} else l.window_started_at end
    returning taken, (extract(epoch from l.window_started_at + ${interval(windowMs)} - ${dbNow()}) * 1000)::double precision as "leftMs"`
  )
  const allowed = counted !== null && counted.taken <= limit
  return {
    allowed,
    retryAfterMs: allowed ? 0 : Math.max(1, Math.ceil(counted?.leftMs ?? windowMs))
  }
}
