import 'server-only'
import { sql } from 'drizzle-orm'
import type { Institution } from '@/lib/domain/connections/connection'
import { systemActor } from '@/lib/domain/users/actor'
import { execute } from '@/lib/services/data/sql/query'
import { bumpUserVersion, dbNow, interval } from '@/lib/services/data/sql/query-helpers'
import { bankConnections, institutions } from '@/xata/schema'

const system = systemActor('connections')

/**
 * Claims the next request to Plaid about an institution, shared by all processes, at most once per
 * `everyMs`. @returns whether the caller may ask.
 */
export async function claimInstitution(
  { id, name }: { id: string; name: string },
  { everyMs }: { everyMs: number }
): Promise<boolean> {
  const claimed = await execute(
    system,
    sql`insert into ${institutions} as i (id, name, ask_again_at) values (${id}, ${name}, ${dbNow()} + ${interval(everyMs)})
    on conflict (id) do update set ask_again_at = excluded.ask_again_at
    where coalesce(i.ask_again_at, i.fetched_at + ${interval(everyMs)}, ${dbNow()}) <= ${dbNow()} returning id`
  )
  return claimed > 0
}

/** Releases a claim after a failed request, so that the next one need not wait a day. */
export async function retryInstitutionLater(id: string, { inMs }: { inMs: number }): Promise<void> {
  await execute(
    system,
    sql`update ${institutions} set ask_again_at = ${dbNow()} + ${interval(inMs)} where id = ${id}`
  )
}

/** Stores Plaid’s description of an institution. If it changed, open pages of its users refresh. */
export async function saveInstitution({ id, name, logo }: Institution): Promise<void> {
  await execute(
    system,
    sql`with before as (select name, logo from ${institutions} where id = ${id}),
    stored as (
      insert into ${institutions} (id, name, logo, fetched_at) values (${id}, ${name}, ${logo}, ${dbNow()})
      on conflict (id) do update set name = excluded.name, logo = excluded.logo, fetched_at = excluded.fetched_at returning id, name, logo
    ),
    changed as (select c.user_id from ${bankConnections} c join stored s on s.id = c.institution_id
      where c.removed_at is null and not exists (select 1 from before b where (b.name, b.logo) is not distinct from (s.name, s.logo))),
    bumped as (${bumpUserVersion(sql`changed`)}) select 1`
  )
}
