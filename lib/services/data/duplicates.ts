import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { bankConnections, linkedAccounts } from '../../../xata/schema'
import type { Person } from '../../domain/actor'
import { json } from './fragments'
import { row } from './storage'

/** What tells one bank login from another. */
export type Described = { name: string; mask: string | null; subtype: string | null; persistentAccountId: string | null }

/**
 * Over a connection `c`: whether it is the same login, which is the same bank with the same accounts by mask, kind and name, or any account
 * that carries the same persistent id.
 */
export function isSameLogin(institutionId: string | null, accounts: readonly Described[]): SQL {
  const described = accounts.map(({ name, mask, subtype, persistentAccountId }) => ({ name, mask, subtype, persistent: persistentAccountId }))
  const given = sql`jsonb_to_recordset(${json(described)}) as g(name text, mask text, subtype text, persistent text)`
  const open = sql`${linkedAccounts} l where l.connection_id = c.id and l.closed_at is null`
  return sql`(exists (select 1 from ${given} join ${linkedAccounts} l on l.persistent_account_id = g.persistent where l.connection_id = c.id)
      or (c.institution_id = ${institutionId}
        and (select jsonb_agg(distinct jsonb_build_array(l.mask, l.subtype, l.name)) from ${open})
          = (select jsonb_agg(distinct jsonb_build_array(g.mask, g.subtype, g.name)) from ${given})))`
}

/** Connections of the person that a new one with these accounts would double. One whose access was withdrawn, or that is being left, is none. */
export const duplicatesOf = (person: Person, institutionId: string | null, accounts: readonly Described[]): SQL =>
  sql`select c.id from ${bankConnections} c where c.user_id = ${person.userId} and c.removed_at is null and c.leaving_at is null and c.status <> 'revoked'
    and ${isSameLogin(institutionId, accounts)} order by c.created_at limit 1`

/** The connection that already covers this login, if any. */
export async function findDuplicate(
  person: Person,
  { institutionId, accounts }: { institutionId: string | null; accounts: readonly Described[] }
): Promise<string | null> {
  if (accounts.length === 0) return null
  return (await row<{ id: string }>(duplicatesOf(person, institutionId, accounts)))?.id ?? null
}
