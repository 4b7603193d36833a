import 'server-only'
import { sql } from 'drizzle-orm'
import { bankConnections, institutions } from '../../../xata/schema'
import type { System } from '../../domain/actor'
import type { InstitutionInfo } from '../../domain/bank-connection'
import { bump, moment, span } from './fragments'
import { row, rows } from './storage'

/** Keeps what Plaid tells about a bank, and tells everybody who banks there where that changed. */
export async function storeInstitution(_app: System, { id, name, logo, primaryColor, url }: InstitutionInfo): Promise<void> {
  await rows(sql`with before as (select name, logo, primary_color from ${institutions} where id = ${id}),
    stored as (
      insert into ${institutions} (id, name, logo, primary_color, url, fetched_at) values (${id}, ${name}, ${logo}, ${primaryColor}, ${url}, ${moment()})
      on conflict (id) do update set name = excluded.name, logo = excluded.logo, primary_color = excluded.primary_color, url = excluded.url, fetched_at = excluded.fetched_at
      returning id, name, logo, primary_color
    ),
    changed as (select c.user_id from ${bankConnections} c join stored s on s.id = c.institution_id
      where c.removed_at is null and not exists (select 1 from before b where (b.name, b.logo, b.primary_color) is not distinct from (s.name, s.logo, s.primary_color))),
    bumped as (${bump(sql`changed`)}) select 1`)
}

/** What we know about a bank, where it is not older than `freshFor` milliseconds. */
export function findInstitution(_app: System, id: string, { freshFor }: { freshFor: number }): Promise<InstitutionInfo | null> {
  return row<InstitutionInfo>(sql`select id, name, logo, primary_color as "primaryColor", url from ${institutions}
    where id = ${id} and fetched_at > ${moment()} - ${span(freshFor)}`)
}
