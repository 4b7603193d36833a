import 'server-only'
import type { SQL } from 'drizzle-orm'
import type { LinkedAccount } from '../../domain/account'
import type { Person } from '../../domain/actor'
import type { AccountSnapshot } from '../../domain/bank-data'
import { toMoneyOrNull } from './bank-accounts'
import { instant, iso, rows, sql, uuid } from './query'

type AccountRow = {
  id: string
  connection_id: string
  institution_name: string
  name: string
  official_name: string | null
  mask: string | null
  type: string
  subtype: string | null
  currency: string | null
  current_minor: string | null
  available_minor: string | null
  limit_minor: string | null
  balances_at: string | null
}

/** The person's accounts at linked banks, grouped by bank. */
export async function listAccounts(person: Person): Promise<(LinkedAccount & { institutionName: string })[]> {
  const found =
    await rows<AccountRow>(sql`select a.id, a.connection_id, coalesce(i.name, c.institution_name) as institution_name, a.name, a.official_name, a.mask, a.type,
    a.subtype, a.currency, a.current_minor, a.available_minor, a.limit_minor, a.balances_at
    from linked_accounts a join bank_connections c on c.id = a.connection_id left join institutions i on i.id = c.institution_id
    where a.user_id = ${person.userId} and a.closed_at is null and c.removed_at is null
    order by c.created_at, c.id, a.type, a.name, a.id`)
  return found.map((row) => ({
    id: row.id,
    connectionId: row.connection_id,
    institutionName: row.institution_name,
    name: row.name,
    officialName: row.official_name,
    mask: row.mask,
    type: row.type,
    subtype: row.subtype,
    current: toMoneyOrNull(row.current_minor, row.currency),
    available: toMoneyOrNull(row.available_minor, row.currency),
    limit: toMoneyOrNull(row.limit_minor, row.currency),
    balancesAt: iso(row.balances_at)
  }))
}

const toJson = (account: AccountSnapshot) => ({
  id: uuid(),
  plaid_account_id: account.plaidAccountId,
  persistent_account_id: account.persistentAccountId,
  name: account.name,
  official_name: account.officialName,
  mask: account.mask,
  type: account.type,
  subtype: account.subtype,
  currency: (account.current ?? account.available ?? account.limit)?.currency ?? null,
  current_minor: account.current?.minor.toString() ?? null,
  available_minor: account.available?.minor.toString() ?? null,
  limit_minor: account.limit?.minor.toString() ?? null
})

/**
 * Writes the accounts Plaid shows, in one statement; our ids stay. Put it in the batch that makes it true. `when` is a condition, such as that a commit went through.
 */
export function upsertAccounts({ connectionId, userId }: { connectionId: string; userId: string }, accounts: AccountSnapshot[], when: SQL = sql`true`): SQL {
  return sql`insert into linked_accounts (id, user_id, connection_id, plaid_account_id, persistent_account_id, name, official_name, mask, type, subtype, currency,
      current_minor, available_minor, limit_minor, balances_at, created_at, updated_at)
    select p.id, ${userId}, ${connectionId}::uuid, p.plaid_account_id, p.persistent_account_id, p.name, p.official_name, p.mask, p.type, p.subtype, p.currency,
      p.current_minor, p.available_minor, p.limit_minor, ${instant()}, ${instant()}, ${instant()}
    from jsonb_to_recordset(${JSON.stringify(accounts.map(toJson))}::jsonb) as p(id uuid, plaid_account_id text, persistent_account_id text, name text,
      official_name text, mask text, type text, subtype text, currency text, current_minor bigint, available_minor bigint, limit_minor bigint)
    where ${when}
    on conflict (connection_id, plaid_account_id) do update set persistent_account_id = excluded.persistent_account_id, name = excluded.name,
      official_name = excluded.official_name, mask = excluded.mask, type = excluded.type, subtype = excluded.subtype, currency = excluded.currency,
      current_minor = excluded.current_minor, available_minor = excluded.available_minor, limit_minor = excluded.limit_minor,
      balances_at = excluded.balances_at, closed_at = null, updated_at = excluded.updated_at`
}

/** Marks accounts the bank no longer shows; their history stays. */
export function closeMissingAccounts(connectionId: string, accounts: AccountSnapshot[], when: SQL): SQL {
  const shown = JSON.stringify(accounts.map(({ plaidAccountId }) => plaidAccountId))
  return sql`update linked_accounts set closed_at = ${instant()}, updated_at = ${instant()}
    where connection_id = ${connectionId}::uuid and closed_at is null and ${when}
      and plaid_account_id not in (select jsonb_array_elements_text(${shown}::jsonb))`
}
