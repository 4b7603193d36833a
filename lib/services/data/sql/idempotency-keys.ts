/** Changes that a client may repeat: one row per user and key, for a day. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { UserActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import { decryptStored } from '@/lib/services/data/sql/encryption'
import { execute, queryOne } from '@/lib/services/data/sql/query'
import { dbNow, interval, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { idempotencyKeys, users } from '@/xata/schema'

const LIFETIME_MS = 24 * 3_600_000
/** Longer than any request runs. */
const LOCK_MS = 120_000

export type IdempotencyClaim =
  /** This caller runs the request; the id is the same when a cut run is repeated. */
  | { outcome: 'claimed'; id: string }
  /** It ran before; `response` is the JSON of its answer, null if none is stored. */
  | { outcome: 'completed'; id: string; response: string | null }
  | { outcome: 'running' }
  /** The key was used for another request. */
  | { outcome: 'different' }

/**
 * Claims the key for one run. One statement decides, so two requests at once never both run.
 * @param fingerprints of this request, the newest first; one per configured key.
 */
export async function claimIdempotencyKey(
  actor: UserActor,
  { key, fingerprints }: { key: string; fingerprints: string[] }
): Promise<IdempotencyClaim> {
  const isSame = sql`(${jsonb(fingerprints)} ? k.fingerprint)`
  const claimed = await queryOne(
    actor,
    rowType({ id: idempotencyKeys.id }),
    sql`insert into ${idempotencyKeys} as k (id, user_id, key, fingerprint, locked_until, created_at)
    select ${randomUUID()}::uuid, u.id, ${key}::text, ${fingerprints[0] ?? ''}::text, ${dbNow()} + ${interval(LOCK_MS)}, ${dbNow()}
      from ${users} u where u.id = ${actor.userId}
    on conflict (user_id, key) do update set id = case when ${isSame} and k.completed_at is null and k.created_at >= ${dbNow()} - ${interval(LIFETIME_MS)} then k.id else excluded.id end, fingerprint = excluded.fingerprint, completed_at = null,
      sealed_response = null, locked_until = excluded.locked_until, created_at = excluded.created_at
      where k.created_at < ${dbNow()} - ${interval(LIFETIME_MS)}
        or (k.completed_at is null and k.locked_until <= ${dbNow()} and ${isSame})
    returning k.id`
  )
  if (claimed) return { outcome: 'claimed', id: claimed.id }
  const found = await queryOne(
    actor,
    rowType({
      id: idempotencyKeys.id,
      isSame: column.bool,
      isCompleted: column.bool,
      sealed: idempotencyKeys.sealedResponse
    }),
    sql`select k.id, ${isSame} as "isSame", k.completed_at is not null as "isCompleted", k.sealed_response as sealed
      from ${idempotencyKeys} k where k.user_id = ${actor.userId} and k.key = ${key}`
  )
  if (found && !found.isSame) return { outcome: 'different' }
  // A missing row: the first run ended without an answer in this moment.
  if (!found?.isCompleted) return { outcome: 'running' }
  const context = encryptionContext(found.id, actor.userId)
  return {
    outcome: 'completed',
    id: found.id,
    response: found.sealed === null ? null : decryptStored(found.sealed, context)
  }
}

const encryptionContext = (id: string, userId: string) => ({
  table: 'idempotency_keys',
  row: id,
  owner: userId
})

/** Stores the answer of a claimed run: its JSON, or null to store that it ran. */
export async function completeIdempotencyKey(
  actor: UserActor,
  { id, response }: { id: string; response: string | null }
): Promise<void> {
  const sealed = response === null ? null : encrypt(response, encryptionContext(id, actor.userId))
  await execute(
    actor,
    sql`update ${idempotencyKeys} set completed_at = ${dbNow()}, sealed_response = ${sealed}
      where id = ${id}::uuid and user_id = ${actor.userId}`
  )
}

/** Ends the claim of a run that failed and may have changed something: a repeat runs at once. */
export async function unlockIdempotencyKey(actor: UserActor, id: string): Promise<void> {
  await execute(
    actor,
    sql`update ${idempotencyKeys} set locked_until = ${dbNow()}
      where id = ${id}::uuid and user_id = ${actor.userId}`
  )
}

/** Forgets a claimed run that was refused, so that the key may be used for corrected input. */
export async function releaseIdempotencyKey(actor: UserActor, id: string): Promise<void> {
  await execute(
    actor,
    sql`delete from ${idempotencyKeys} where id = ${id}::uuid and user_id = ${actor.userId}`
  )
}
