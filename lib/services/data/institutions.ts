import 'server-only'
import type { System } from '../../domain/actor'
import type { InstitutionInfo } from '../../domain/bank-connection'
import { instant, row, rows, sql } from './query'

/** @param freshFor how old it may be, in milliseconds; an older one counts as absent. */
export async function findInstitution(_system: System, id: string, { freshFor }: { freshFor: number }): Promise<InstitutionInfo | null> {
  const found = await row<{ id: string; name: string; logo: string | null; primary_color: string | null; url: string | null }>(
    sql`select id, name, logo, primary_color, url from institutions where id = ${id} and fetched_at > ${instant(-freshFor)}`
  )
  return found && { id: found.id, name: found.name, logo: found.logo, primaryColor: found.primary_color, url: found.url }
}

export async function storeInstitution(_system: System, { id, name, logo, primaryColor, url }: InstitutionInfo): Promise<void> {
  await rows(sql`insert into institutions (id, name, logo, primary_color, url, fetched_at) values (${id}, ${name}, ${logo}, ${primaryColor}, ${url}, ${instant()})
    on conflict (id) do update set name = excluded.name, logo = excluded.logo, primary_color = excluded.primary_color, url = excluded.url, fetched_at = excluded.fetched_at`)
}
