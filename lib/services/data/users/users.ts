import 'server-only'
import { sql } from 'drizzle-orm'
import { deletionRequests, users } from '@/xata/schema'
import type { Actor, UserActor } from '@/lib/domain/users/actor'
import { sha256 } from '@/lib/platform/crypto'
import { RequestError } from '@/lib/platform/errors'
import { audit, bump } from '@/lib/services/data/sql/query-helpers'
import { isErased } from '@/lib/services/data/users/deletion-pending'
import { row, rows } from '@/lib/services/data/sql/query'

/** Makes sure that the person has a row; everything they own hangs on it. @throws RequestError conflict for somebody whose data was deleted. */
export async function ensureUser(person: UserActor): Promise<void> {
  const gone = await row<{ origin: string }>(sql`with changed as (
      insert into ${users} (id) select ${person.userId}::text where not ${isErased(person.userId)} on conflict (id) do nothing returning id as user_id
    ), audited as (${audit(person, sql`changed`, { action: 'user.created' })})
    select origin from ${deletionRequests} where user_hash = ${sha256(person.userId)} and erased_at is not null`)
  if (gone)
    throw new RequestError(
      'conflict',
      ERASED[gone.origin] ?? 'Everything about this login was deleted.'
    )
}

/** What a user is told whose data was erased, by who asked for it. */
const ERASED: Record<string, string> = {
  person: 'Everything about this login was deleted, as you asked.',
  admin:
    'Pangea removed this login and everything stored about it. Contact us if you did not expect this.'
}

/** Keeps a copy of the address that Clerk knows. A webhook may bring it before the person's first request. */
export async function storeUserEmail(
  actor: Actor,
  userId: string,
  email: string | null
): Promise<void> {
  if (actor.kind === 'person' && actor.userId !== userId) return
  await rows(sql`with changed as (
      insert into ${users} as u (id, email) select ${userId}::text, ${email}::text where not ${isErased(userId)}
      on conflict (id) do update set email = excluded.email, updated_at = now() where u.email is distinct from excluded.email
      returning id as user_id
    ), audited as (${audit(actor, sql`changed`, { action: 'user.email_changed' })}), bumped as (${bump(sql`changed`)}) select 1 from changed`)
}

/** The person's e-mail address as far as we have heard of it. */
export async function findEmail(person: UserActor): Promise<string | null> {
  const found = await row<{ email: string | null }>(
    sql`select email from ${users} where id = ${person.userId}`
  )
  return found?.email ?? null
}
