import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { SyncedAccount } from '@/lib/domain/connections/sync-page'
import type { Actor } from '@/lib/domain/users/actor'
import {
  givenAccounts,
  matchAccounts,
  matchCandidates
} from '@/lib/services/data/connections/account-matching'
import { audit, dbNow, jsonb } from '@/lib/services/data/sql/query-helpers'
import { bankConnections, connectionTasks, linkedAccounts, transactions } from '@/xata/schema'

/**
 * Stores accounts as the institution reports them for the connection of the CTE `from`
 * (connection_id, user_id). Known accounts keep our id.
 */
export function upsertAccounts(from: SQL, accounts: readonly SyncedAccount[]): SQL {
  const given = accounts.map((account) => ({
    id: randomUUID(),
    plaid_account_id: account.plaidAccountId,
    persistent_account_id: account.persistentAccountId,
    name: account.name,
    official_name: account.officialName,
    mask: account.mask,
    type: account.type,
    subtype: account.subtype,
    currency:
      account.current?.currency ?? account.available?.currency ?? account.limit?.currency ?? null,
    current_minor: account.current?.minor ?? null,
    available_minor: account.available?.minor ?? null,
    limit_minor: account.limit?.minor ?? null
  }))
  return sql`insert into ${linkedAccounts} as l (id, user_id, connection_id, plaid_account_id, persistent_account_id, name, official_name, mask, type, subtype,
      currency, current_minor, available_minor, limit_minor, balances_at, created_at)
    select g.id, f.user_id, f.connection_id, g.plaid_account_id, g.persistent_account_id, g.name, g.official_name, g.mask, g.type, g.subtype,
      g.currency, g.current_minor, g.available_minor, g.limit_minor, ${dbNow()}, ${dbNow()}
    from ${from} f, jsonb_to_recordset(${jsonb(given)}) as g(id uuid, plaid_account_id text, persistent_account_id text, name text, official_name text,
      mask text, type text, subtype text, currency text, current_minor numeric, available_minor numeric, limit_minor numeric)
    on conflict (connection_id, plaid_account_id) do update set
      persistent_account_id = excluded.persistent_account_id, name = excluded.name, official_name = excluded.official_name, mask = excluded.mask,
      type = excluded.type, subtype = excluded.subtype, currency = excluded.currency, current_minor = excluded.current_minor,
      available_minor = excluded.available_minor, limit_minor = excluded.limit_minor, balances_at = excluded.balances_at, updated_at = now(),
      closed_at = case when l.duplicate_of is null then null else l.closed_at end
    returning id`
}

/** For a connection `c`: the user disconnected it and kept its history. */
const isDisconnectedWithHistory = sql`(c.history_erased_at is null and c.leaving_at is not null
  and exists (select 1 from ${connectionTasks} k where k.connection_id = c.id and k.kind = 'remove' and k.history = 'keep'))`

/** Waits for a sync that is committing to a disconnected connection; no sync starts after it. */
export const lockDisconnected = (userId: SQL): SQL =>
  sql`select id from ${bankConnections} where user_id = ${userId} and leaving_at is not null and history_erased_at is null for no key update`

/** For a connection `c`: its access was withdrawn, so the bank is linked as a new one. */
export const isRevoked = sql`(c.removed_at is null and c.status = 'revoked')`

/**
 * Moves accounts of a disconnected or withdrawn connection to the one that has them now, with their
 * transactions, edits, rules and balance history. Runs before `upsertAccounts`, which then finds
 * them. Their transactions wait until they are matched. Those of a disconnected connection need
 * `lockDisconnected` first.
 */
export const moveAccountsFromPast = (
  actor: Actor,
  connection: SQL,
  accounts: readonly SyncedAccount[],
  from: SQL = sql`(${isDisconnectedWithHistory} or ${isRevoked})`
): SQL => sql`with ${givenAccounts(accounts)},
    mine as (select id, user_id, institution_id from ${bankConnections} where id = ${connection}),
    ${matchAccounts(
      matchCandidates(
        sql`c.user_id = (select user_id from mine) and c.institution_id = (select institution_id from mine) and c.id <> ${connection} and ${from}`,
        {
          at: sql`c.leaving_at`
        }
      ),
      sql`select g.* from given g where not exists (select 1 from ${linkedAccounts} known where known.connection_id = ${connection} and known.plaid_account_id = g.plaid)`
    )},
    resumed as (update ${linkedAccounts} l set connection_id = mine.id, plaid_account_id = pair.plaid, updated_at = now()
      from pair, mine where l.id = pair.id returning l.id, l.user_id, pair.connection_id as old_id, mine.id as new_id),
    moved as (update ${transactions} t set connection_id = resumed.new_id, detached_at = coalesce(t.detached_at, ${dbNow()}) from resumed where t.account_id = resumed.id and not t.pending),
    lapsed as (delete from ${transactions} t using resumed where t.account_id = resumed.id and t.pending),
    ${audit(actor, sql`resumed`, { action: 'connection.history_resumed', subject: sql`new_id`, detail: sql`jsonb_build_object('from', old_id, 'accounts', (select count(*) from resumed))` })} select 1`

/**
 * CTEs: accounts that return under another Plaid id keep our row. Runs before `upsertAccounts`,
 * which then finds them. Plaid also gives their transactions new ids, so those wait until they are
 * matched; an account with an unchanged id keeps its transactions.
 */
export function rematchAccounts(from: SQL, accounts: readonly SyncedAccount[]): SQL {
  return sql`${givenAccounts(accounts)},
    ${matchAccounts(
      sql`select l.id, l.connection_id, true as same_bank, l.closed_at as at, l.persistent_account_id as persistent, l.mask, l.subtype, l.name, l.current_minor as current
        from ${from} f join ${linkedAccounts} l on l.connection_id = f.connection_id where l.plaid_account_id not in (select plaid from given)`,
      sql`select g.* from given g where not exists (select 1 from ${from} f join ${linkedAccounts} known on known.connection_id = f.connection_id where known.plaid_account_id = g.plaid)`
    )},
    adopted as (update ${linkedAccounts} l set plaid_account_id = pair.plaid, updated_at = now() from pair where l.id = pair.id returning l.id),
    reopened as (update ${transactions} t set detached_at = null from ${from} f join ${linkedAccounts} l on l.connection_id = f.connection_id and l.closed_at is not null
      where l.plaid_account_id in (select plaid from given) and t.account_id = l.id and t.detached_at is not null returning t.id),
    awaited as (update ${transactions} t set detached_at = ${dbNow()} from adopted where t.account_id = adopted.id and t.detached_at is null returning t.id)`
}

/**
 * CTEs: closes accounts that the institution no longer lists and keeps their transactions. An empty
 * list is ignored.
 */
export const closeMissingAccounts = (
  from: SQL,
  accounts: readonly SyncedAccount[]
): SQL => sql`closed as (
    update ${linkedAccounts} l set closed_at = ${dbNow()}, updated_at = now() from ${from} f
    where l.connection_id = f.connection_id and l.closed_at is null and ${accounts.length > 0}::boolean
      and l.plaid_account_id not in (select jsonb_array_elements_text(${jsonb(accounts.map(({ plaidAccountId }) => plaidAccountId))}))
    returning l.id
  ), detached as (update ${transactions} t set detached_at = ${dbNow()} from closed where t.account_id = closed.id and t.detached_at is null returning t.id)`
