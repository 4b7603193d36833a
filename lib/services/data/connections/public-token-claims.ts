/** Which request may exchange a public token of Link. */
import 'server-only'
import { sql } from 'drizzle-orm'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { execute } from '@/lib/services/data/sql/query'
import { dbNow, interval } from '@/lib/services/data/sql/query-helpers'
import { publicTokenClaims } from '@/xata/schema'

/**
 * Claims a token for `ttlMs` under the caller's id.
 * @returns false while another request holds it.
 */
export async function claimPublicToken(
  actor: UserActor,
  { id, publicTokenHash, ttlMs }: { id: string; publicTokenHash: string; ttlMs: number }
): Promise<boolean> {
  // An expired claim may be another user's.
  const claimed = await execute(
    systemActor('connections'),
    sql`
    insert into ${publicTokenClaims} as c (public_token_hash, id, user_id, expires_at)
    values (${publicTokenHash}, ${id}::uuid, ${actor.userId}, ${dbNow()} + ${interval(ttlMs)})
    on conflict (public_token_hash) do update set id = excluded.id, user_id = excluded.user_id, expires_at = excluded.expires_at
      where c.expires_at <= ${dbNow()} returning 1 as one`
  )
  return claimed > 0
}

/** Does nothing if the claim has expired and another request holds it. */
export async function releasePublicToken(actor: UserActor, id: string): Promise<void> {
  await execute(actor, sql`delete from ${publicTokenClaims} where id = ${id}::uuid`)
}
