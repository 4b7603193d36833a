import 'server-only'
import { sql } from 'drizzle-orm'
import { users } from '../../../xata/schema'
import type { Actor, Person } from '../../domain/actor'
import { RequestError } from '../../platform/errors'
import { audit, bump } from './fragments'
import { isErased } from './leaving'
import { row, rows } from './storage'

/** Makes sure that the person has a row; everything they own hangs on it. @throws RequestError conflict for somebody whose data was deleted. */
export async function ensureUser(person: Person): Promise<void> {
  const gone = await row(sql`with changed as (
      insert into ${users} (id) select ${person.userId}::text where not ${isErased(person.userId)} on conflict (id) do nothing returning id as user_id
    ), audited as (${audit(person, sql`changed`, { action: 'user.created' })}) select 1 as gone where ${isErased(person.userId)}`)
  if (gone) throw new RequestError('conflict', 'Everything about this login was deleted, as you asked.')
}

/** Keeps a copy of the address that Clerk knows. A webhook may bring it before the person's first request. */
export async function storeUserEmail(actor: Actor, userId: string, email: string | null): Promise<void> {
  if (actor.kind === 'person' && actor.userId !== userId) return
  await rows(sql`with changed as (
      insert into ${users} as u (id, email) select ${userId}::text, ${email}::text where not ${isErased(userId)}
      on conflict (id) do update set email = excluded.email, updated_at = now() where u.email is distinct from excluded.email
      returning id as user_id
    ), audited as (${audit(actor, sql`changed`, { action: 'user.email_changed' })}), bumped as (${bump(sql`changed`)}) select 1 from changed`)
}

/** The person's e-mail address as far as we have heard of it. */
export async function findEmail(person: Person): Promise<string | null> {
  const found = await row<{ email: string | null }>(sql`select email from ${users} where id = ${person.userId}`)
  return found?.email ?? null
}
