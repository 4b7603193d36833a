import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { type Actor, type SystemActor, systemActor, type UserActor } from '@/lib/domain/users/actor'
import { sha256 } from '@/lib/platform/crypto'
import { RequestError } from '@/lib/platform/errors'
import { told } from '@/lib/services/data/messages/messages'
import { build, execute, query, queryOne } from '@/lib/services/data/sql/query'
import { audit, auditedChange, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { isErased } from '@/lib/services/data/users/deletion-pending'
import { brand } from '@/pangea.config'
import { deletionRequests, userChanges, users } from '@/xata/schema'

/**
 * Creates the user's row if it is missing.
 * @throws RequestError conflict for a user whose data was deleted.
 */
export async function ensureUser(actor: UserActor): Promise<void> {
  const erased = await queryOne(
    actor,
    rowType({ origin: deletionRequests.origin }),
    sql`with changed as (
      insert into ${users} (id) select ${actor.userId}::text where not ${isErased(actor.userId)} on conflict (id) do nothing returning id as user_id
    ), ${audit(actor, sql`changed`, { action: 'user.created' })}
    select origin from ${deletionRequests} where user_hash = ${sha256(actor.userId)} and erased_at is not null`
  )
  if (erased)
    throw new RequestError(
      'conflict',
      ERASED[erased.origin] ?? 'Everything about this login was deleted.'
    )
}

/** The message to a user whose data was erased, by who requested it. */
const ERASED: Record<string, string> = {
  person: 'Everything about this login was deleted, as you asked.',
  admin: `${brand.name} removed this login and everything stored about it. Contact us if you did not expect this.`
}

/**
 * Stores Clerk's e-mail address of the user. A webhook can bring it before the user's first
 * request.
 */
export async function saveUserEmail(
  actor: Actor,
  userId: string,
  email: string | null
): Promise<void> {
  if (actor.kind === 'person' && actor.userId !== userId) return
  await execute(
    actor,
    auditedChange(
      actor,
      sql`insert into ${users} as u (id, email) select ${userId}::text, ${email}::text where not ${isErased(userId)}
      on conflict (id) do update set email = excluded.email, updated_at = now() where u.email is distinct from excluded.email
      returning id as user_id`,
      {
        action: 'user.email_changed',
        before: sql`was as (select email from ${users} where id = ${userId})`,
        // To the old address: an attacker who changed it reads the new one.
        also: told(
          sql`(select c.user_id from changed c cross join was w where w.email is not null)`,
          {
            kind: 'email_changed',
            key: sql`gen_random_uuid()`,
            address: sql`(select email from was)`
          }
        )
      }
    )
  )
}

/** Stores whether Clerk asks the user for a second factor. The user is told once it no longer does. */
export async function saveSecondFactor(
  app: SystemActor,
  userId: string,
  on: boolean
): Promise<void> {
  await execute(
    app,
    auditedChange(
      app,
      sql`update ${users} u set second_factor = ${on}::boolean, updated_at = now() from was w
        where u.id = w.id and w.second_factor is distinct from ${on}::boolean returning u.id as user_id`,
      {
        action: 'user.second_factor_changed',
        detail: jsonb({ on }),
        before: sql`was as (select id, second_factor from ${users} where id = ${userId})`,
        also: told(
          sql`(select c.user_id from changed c cross join was w where w.second_factor and not ${on}::boolean)`,
          { kind: 'second_factor_removed', key: sql`gen_random_uuid()` }
        )
      }
    )
  )
}

/** The user's e-mail address; null where Clerk has not reported one. */
export async function findEmail(actor: UserActor): Promise<string | null> {
  const [found] = await build(actor, (orm) =>
    orm.select({ email: users.email }).from(users).where(eq(users.id, actor.userId))
  )
  return found?.email ?? null
}

/** How often a user's data changed, and the trace of the last change. */
export type UserVersion = { version: number; traceparent: string | null }

/** The version of each user; a user without changes is absent. */
export async function readUserVersions(userIds: string[]): Promise<Map<string, UserVersion>> {
  if (userIds.length === 0) return new Map()
  const found = await query(
    systemActor('users'),
    rowType({
      userId: userChanges.userId,
      version: column.int8,
      traceparent: userChanges.traceparent
    }),
    sql`select user_id as "userId", version, traceparent from ${userChanges} where user_id in (select jsonb_array_elements_text(${jsonb(userIds)}))`
  )
  return new Map(
    found.map(({ userId, version, traceparent }) => [
      userId,
      { version: Number(version), traceparent }
    ])
  )
}
