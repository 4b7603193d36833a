/** Matches accounts that appear in several Items or under several ids. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { jsonb } from '@/lib/services/data/sql/query-helpers'
import { bankConnections, linkedAccounts } from '@/xata/schema'

/** The properties that identify an account. */
export type AccountDescription = {
  name: string
  mask: string | null
  subtype: string | null
  persistentAccountId: string | null
  plaidAccountId?: string
  current?: { minor: bigint } | null
}

/** The CTE `given`: accounts as the institution reports them. */
export const givenAccounts = (accounts: readonly AccountDescription[]): SQL => {
  const described = accounts.map(
    ({ plaidAccountId, persistentAccountId, mask, subtype, name, current }, n) => ({
      plaid: plaidAccountId ?? String(n),
      persistent: persistentAccountId,
      mask,
      subtype,
      name,
      current: current?.minor ?? null
    })
  )
  return sql`given as (select * from jsonb_to_recordset(${jsonb(described)}) as g(plaid text, persistent text, mask text, subtype text, name text, current numeric))`
}

/**
 * The CTEs `own`, `fresh` and `pair` (id, connection_id, plaid): match accounts in `from` (id,
 * connection_id, same_bank, at, persistent, mask, subtype, name, current) one to one with those in
 * `to` (the columns of `given`). The persistent id decides; else the same bank, mask, subtype and
 * name, and among identical ones the order of their balances.
 */
export const matchAccounts = (from: SQL, to: SQL): SQL => sql`
    own as (select o.*, row_number() over (partition by connection_id, mask, subtype, name order by current nulls last, id) as n from (${from}) o),
    fresh as (select g.*, row_number() over (partition by mask, subtype, name order by current nulls last, plaid) as n from (${to}) g),
    pair as (
      select distinct on (plaid) id, connection_id, plaid from (
        select distinct on (o.id) o.id, o.connection_id, o.at, g.plaid, (o.persistent = g.persistent) is true as strong
        from own o join fresh g on o.persistent = g.persistent
          or (o.same_bank and (o.persistent is null or g.persistent is null) and (o.mask, o.subtype, o.name, o.n) is not distinct from (g.mask, g.subtype, g.name, g.n))
        order by o.id, strong desc, g.plaid) m
      order by plaid, strong desc, at desc nulls last, id)`

/** The accounts `l` of connections `c`, for `matchAccounts`. */
export const matchCandidates = (
  where: SQL,
  { sameBank = sql`true`, at = sql`c.created_at` }: { sameBank?: SQL; at?: SQL } = {}
): SQL => sql`
  select l.id, l.connection_id, ${sameBank} as same_bank, ${at} as at, l.persistent_account_id as persistent, l.mask, l.subtype, l.name, l.current_minor as current
  from ${linkedAccounts} l join ${bankConnections} c on c.id = l.connection_id where l.duplicate_of is null and ${where}`

/** For a connection `c` and its account `l`: counted in the user's sums now. */
export const isActiveAccount = sql`(c.removed_at is null and c.leaving_at is null and l.closed_at is null)`
