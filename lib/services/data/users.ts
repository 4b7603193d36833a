import 'server-only'
import type { Actor, Person } from '../../domain/actor'
import { instant, row, rows, sql } from './query'

/** Makes sure the person has a row: Clerk's webhook about them may come later, or never. */
export async function ensureUser(person: Person): Promise<void> {
  await rows(sql`insert into users (id, created_at, updated_at) values (${person.userId}, ${instant()}, ${instant()}) on conflict (id) do nothing`)
}

/** The person's e-mail address as Clerk last told it. */
export async function findEmail(person: Person): Promise<string | null> {
  return (await row<{ email: string | null }>(sql`select email from users where id = ${person.userId}`))?.email ?? null
}

/** Keeps the address of a user Clerk told us about. */
export async function storeUserEmail(_actor: Actor, userId: string, email: string | null): Promise<void> {
  await rows(sql`insert into users (id, email, created_at, updated_at) values (${userId}, ${email}, ${instant()}, ${instant()})
    on conflict (id) do update set email = excluded.email, updated_at = excluded.updated_at`)
}
