import 'server-only'
import { sql } from 'drizzle-orm'
import type { Institution } from '@/lib/domain/connections/connection'
import { execute } from '@/lib/services/data/sql/query'
import { bumpUserVersion, dbNow, interval } from '@/lib/services/data/sql/query-helpers'
import { bankConnections, institutions } from '@/xata/schema'

/**
 * Takes the turn to ask Plaid about a bank: one for everybody, however many processes and connections there are, and the next one after
 * `everyMs`. @returns whether the caller has it.
 */
export async function claimInstitution(
  { id, name }: { id: string; name: string },
  { everyMs }: { everyMs: number }
): Promise<boolean> {
  const claimed =
    await execute(sql`insert into ${institutions} as i (id, name, ask_again_at) values (${id}, ${name}, ${dbNow()} + ${interval(everyMs)})
    on conflict (id) do update set ask_again_at = excluded.ask_again_at
    where coalesce(i.ask_again_at, i.fetched_at + ${interval(everyMs)}, ${dbNow()}) <= ${dbNow()} returning id`)
  return claimed > 0
}

/** Gives a turn back that came to nothing, so that the next one need not wait a day. */
export async function retryInstitutionLater(id: string, { inMs }: { inMs: number }): Promise<void> {
  await execute(
    sql`update ${institutions} set ask_again_at = ${dbNow()} + ${interval(inMs)} where id = ${id}`
  )
}

/** Stores Plaid's description of a bank, and refreshes the pages of everybody who banks there where it changed. */
export async function saveInstitution({ id, name, logo }: Institution): Promise<void> {
  await execute(sql`with before as (select name, logo from ${institutions} where id = ${id}),
    stored as (
      insert into ${institutions} (id, name, logo, fetched_at) values (${id}, ${name}, ${logo}, ${dbNow()})
      on conflict (id) do update set name = excluded.name, logo = excluded.logo, fetched_at = excluded.fetched_at returning id, name, logo
    ),
    changed as (select c.user_id from ${bankConnections} c join stored s on s.id = c.institution_id
      where c.removed_at is null and not exists (select 1 from before b where (b.name, b.logo) is not distinct from (s.name, s.logo))),
    bumped as (${bumpUserVersion(sql`changed`)}) select 1`)
}
