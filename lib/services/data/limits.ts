import 'server-only'
import type { Person } from '../../domain/actor'
import { now } from '../../platform/clock'
import { instant, iso, row, sql } from './query'

/** Takes one of `limit` tries per `windowMs`. One statement, so it is right across processes. */
export async function takeLimit(
  person: Person,
  name: string,
  { limit, windowMs }: { limit: number; windowMs: number }
): Promise<{ allowed: boolean; retryAfterMs: number }> {
  const over = sql`rate_limits.window_started_at <= ${instant(-windowMs)}`
  const taken = await row<{ taken: number; window_started_at: string }>(sql`insert into rate_limits (key, window_started_at, taken)
    values (${`${name}:${person.userId}`}, ${instant()}, 1)
    on conflict (key) do update set taken = case when ${over} then 1 else rate_limits.taken + 1 end,
      window_started_at = case when ${over} then excluded.window_started_at else rate_limits.window_started_at end
    returning taken, window_started_at`)
  const startedAt = taken ? Date.parse(iso(taken.window_started_at)) : now().getTime()
  return { allowed: (taken?.taken ?? 1) <= limit, retryAfterMs: Math.max(1_000, startedAt + windowMs - now().getTime()) }
}
