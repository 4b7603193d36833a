import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { linkedAccounts } from '../../../xata/schema'
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

/** Marks the accounts that the bank no longer shows. A bank that shows none at all has told nothing. */
export const closeAccounts = (from: SQL, accounts: readonly AccountSnapshot[]): SQL => sql`
  update ${linkedAccounts} l set closed_at = ${moment()}, updated_at = now() from ${from} f
  where l.connection_id = f.connection_id and l.closed_at is null and ${accounts.length > 0}::boolean
    and l.plaid_account_id not in (select jsonb_array_elements_text(${json(accounts.map(({ plaidAccountId }) => plaidAccountId))}))
  returning l.id`
