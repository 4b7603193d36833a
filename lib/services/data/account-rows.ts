import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { bankConnections, linkedAccounts, transactions } from '../../../xata/schema'
import type { AccountSnapshot } from '../../domain/bank-data'
import { json, moment } from './fragments'

/** Writes accounts as the bank describes them now for the connection of the CTE `from` (connection_id, user_id). Known accounts keep our id. */
export function upsertAccounts(from: SQL, accounts: readonly AccountSnapshot[]): SQL {
  const given = accounts.map((account) => ({
    id: randomUUID(),
    plaid_account_id: account.plaidAccountId,
    persistent_account_id: account.persistentAccountId,
    name: account.name,
    official_name: account.officialName,
    mask: account.mask,
    type: account.type,
    subtype: account.subtype,
    currency: account.current?.currency ?? account.available?.currency ?? account.limit?.currency ?? null,
    current_minor: account.current?.minor ?? null,
    available_minor: account.available?.minor ?? null,
    limit_minor: account.limit?.minor ?? null
  }))
  return sql`insert into ${linkedAccounts} (id, user_id, connection_id, plaid_account_id, persistent_account_id, name, official_name, mask, type, subtype,
      currency, current_minor, available_minor, limit_minor, balances_at)
    select g.id, f.user_id, f.connection_id, g.plaid_account_id, g.persistent_account_id, g.name, g.official_name, g.mask, g.type, g.subtype,
      g.currency, g.current_minor, g.available_minor, g.limit_minor, ${moment()}
    from ${from} f, jsonb_to_recordset(${json(given)}) as g(id uuid, plaid_account_id text, persistent_account_id text, name text, official_name text,
      mask text, type text, subtype text, currency text, current_minor bigint, available_minor bigint, limit_minor bigint)
    on conflict (connection_id, plaid_account_id) do update set
      persistent_account_id = excluded.persistent_account_id, name = excluded.name, official_name = excluded.official_name, mask = excluded.mask,
      type = excluded.type, subtype = excluded.subtype, currency = excluded.currency, current_minor = excluded.current_minor,
      available_minor = excluded.available_minor, limit_minor = excluded.limit_minor, balances_at = excluded.balances_at, closed_at = null, updated_at = now()
    returning id`
}

/** Accounts of a bank that the person had left and links again look to them as they did before. */
export const inheritViews = (connectionId: string): SQL => sql`update ${linkedAccounts} l set display_name = o.display_name, hidden_at = o.hidden_at
  from (
    select distinct on (n.id) n.id, b.display_name, b.hidden_at
    from ${bankConnections} nc join ${linkedAccounts} n on n.connection_id = nc.id
      join ${bankConnections} bc on bc.user_id = nc.user_id and bc.institution_id = nc.institution_id and (bc.leaving_at is not null or bc.removed_at is not null)
      join ${linkedAccounts} b on b.connection_id = bc.id
        and (b.persistent_account_id = n.persistent_account_id or (b.mask, b.subtype, b.name) is not distinct from (n.mask, n.subtype, n.name))
    where nc.id = ${connectionId}::uuid and (b.display_name is not null or b.hidden_at is not null) order by n.id, bc.created_at desc
  ) o where l.id = o.id`

/**
 * CTEs: accounts that come back under another of Plaid's ids keep our row, by the same persistent id, else by the same mask, kind and name.
 * Runs before `upsertAccounts`, which then finds them. Their transactions come under other ids as well, so they wait to be recognised. One that
 * comes back under its own id has its transactions still.
 */
export function adoptAccounts(from: SQL, accounts: readonly AccountSnapshot[]): SQL {
  const described = accounts.map((account) => ({
    plaid: account.plaidAccountId,
    persistent: account.persistentAccountId,
    mask: account.mask,
    subtype: account.subtype,
    name: account.name
  }))
  return sql`given as (select * from jsonb_to_recordset(${json(described)}) as g(plaid text, persistent text, mask text, subtype text, name text)),
    pair as (
      select distinct on (l.id) l.id, g.plaid, (l.persistent_account_id = g.persistent) is true as strong
      from ${from} f join ${linkedAccounts} l on l.connection_id = f.connection_id cross join given g
      where l.plaid_account_id not in (select plaid from given)
        and not exists (select 1 from ${linkedAccounts} known where known.connection_id = f.connection_id and known.plaid_account_id = g.plaid)
        and (l.persistent_account_id = g.persistent
          or ((l.persistent_account_id is null or g.persistent is null) and (l.mask, l.subtype, l.name) is not distinct from (g.mask, g.subtype, g.name)))
      order by l.id, strong desc, g.plaid
    ),
    chosen as (select distinct on (plaid) id, plaid from pair order by plaid, strong desc, id),
    adopted as (update ${linkedAccounts} l set plaid_account_id = chosen.plaid, updated_at = now() from chosen where l.id = chosen.id returning l.id),
    reopened as (update ${transactions} t set detached_at = null from ${from} f join ${linkedAccounts} l on l.connection_id = f.connection_id and l.closed_at is not null
      where l.plaid_account_id in (select plaid from given) and t.account_id = l.id and t.detached_at is not null returning t.id),
    awaited as (update ${transactions} t set detached_at = ${moment()} from adopted where t.account_id = adopted.id and t.detached_at is null returning t.id)`
}

/**
 * CTEs: marks the accounts that the bank no longer shows, and keeps their transactions. A bank that shows none at all has told nothing.
 */
export const closeAccounts = (from: SQL, accounts: readonly AccountSnapshot[]): SQL => sql`closed as (
    update ${linkedAccounts} l set closed_at = ${moment()}, updated_at = now() from ${from} f
    where l.connection_id = f.connection_id and l.closed_at is null and ${accounts.length > 0}::boolean
      and l.plaid_account_id not in (select jsonb_array_elements_text(${json(accounts.map(({ plaidAccountId }) => plaidAccountId))}))
    returning l.id
  ), detached as (update ${transactions} t set detached_at = ${moment()} from closed where t.account_id = closed.id and t.detached_at is null returning t.id)`
