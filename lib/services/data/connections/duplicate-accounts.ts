/**
 * Accounts that appear in several connections of one user: each is counted and read in one of them.
 */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Actor, SystemActor, UserActor } from '@/lib/domain/users/actor'
import {
  type AccountDescription,
  givenAccounts,
  isActiveAccount,
  matchAccounts,
  matchCandidates
} from '@/lib/services/data/connections/account-matching'
import { queryOne, transaction } from '@/lib/services/data/sql/query'
import { audit, auditedChange, dbNow } from '@/lib/services/data/sql/query-helpers'
import { rowType } from '@/lib/services/data/sql/row-type'
import { bankConnections, linkedAccounts, syncRuns, transactions } from '@/xata/schema'

/**
 * The CTEs of `pairing` for the user’s existing accounts, also of withdrawn connections, and the
 * accounts of a login at this bank.
 */
export const matchKnownAccounts = (
  actor: UserActor,
  institutionId: string | null,
  accounts: readonly AccountDescription[]
): SQL =>
  sql`${givenAccounts(accounts)}, ${matchAccounts(
    matchCandidates(sql`c.user_id = ${actor.userId} and ${isActiveAccount}`, {
      sameBank: sql`c.institution_id is not distinct from ${institutionId}::text and ${institutionId !== null}::boolean`
    }),
    sql`select * from given`
  )}`

/**
 * From the CTEs of `knownAmong`: connections that already have every account of the login. None if
 * access to one of them was withdrawn.
 */
export const coveringConnection = sql`select p.connection_id as id from pair p join ${bankConnections} c on c.id = p.connection_id and c.status <> 'revoked'
  where (select count(*) from pair q join ${bankConnections} k on k.id = q.connection_id and k.status <> 'revoked') = (select count(*) from given)
  order by c.created_at limit 1`

/** A connection that already has all accounts of this login; null if one of them is new. */
export async function findDuplicate(
  actor: UserActor,
  {
    institutionId,
    accounts
  }: { institutionId: string | null; accounts: readonly AccountDescription[] }
): Promise<string | null> {
  if (accounts.length === 0) return null
  return (
    (
      await queryOne(
        actor,
        rowType({ id: bankConnections.id }),
        sql`with ${matchKnownAccounts(actor, institutionId, accounts)} ${coveringConnection}`
      )
    )?.id ?? null
  )
}

/**
 * Marks accounts that another connection of the user has had for longer. The age of the accounts
 * decides, not that of the connections: a repaired connection may return accounts that a later one
 * has by now. Accounts with transactions of their own are skipped, because their edits would be
 * lost.
 */
export const markDuplicates = (
  connection: SQL
): SQL => sql`with mine as (select id, user_id, institution_id from ${bankConnections} where id = ${connection}),
    ${matchAccounts(
      matchCandidates(
        sql`c.user_id = (select user_id from mine) and c.id <> ${connection} and c.status <> 'revoked' and ${isActiveAccount}`,
        {
          sameBank: sql`c.institution_id = (select institution_id from mine)`,
          // The oldest first.
          at: sql`-extract(epoch from l.created_at)`
        }
      ),
      sql`select d.id::text as plaid, d.persistent_account_id as persistent, d.mask, d.subtype, d.name, d.current_minor as current from ${linkedAccounts} d
        where d.connection_id = ${connection} and d.closed_at is null and d.duplicate_of is null
          and not exists (select 1 from ${transactions} t where t.account_id = d.id)`
    )}
  update ${linkedAccounts} d set duplicate_of = pair.id, closed_at = ${dbNow()}, updated_at = now() from pair join ${linkedAccounts} o on o.id = pair.id
  where d.id::text = pair.plaid and (o.created_at, o.id) < (d.created_at, d.id) returning d.id`

/**
 * Moves accounts that are closed in one connection and open in another to the open one, with all
 * related rows. That connection is read from the beginning, because its transactions of these
 * accounts were not stored.
 */
export const reassignAccounts = (actor: Actor, connection: SQL): SQL => sql`with gone as (
      delete from ${linkedAccounts} d using ${linkedAccounts} o, ${bankConnections} c
      where d.duplicate_of = o.id and o.connection_id = ${connection} and o.closed_at is not null
        and c.id = d.connection_id and c.removed_at is null and c.leaving_at is null
      returning o.id as account_id, d.connection_id, d.plaid_account_id, d.persistent_account_id, d.current_minor, d.available_minor, d.balances_at
    ),
    heir as (select distinct on (account_id) * from gone order by account_id, connection_id),
    moved as (
      update ${linkedAccounts} o set connection_id = heir.connection_id, plaid_account_id = heir.plaid_account_id, persistent_account_id = heir.persistent_account_id,
        current_minor = heir.current_minor, available_minor = heir.available_minor, balances_at = heir.balances_at, closed_at = null, updated_at = now()
      from heir where o.id = heir.account_id returning o.id, o.user_id, o.connection_id
    ),
    taken as (update ${transactions} t set connection_id = moved.connection_id, detached_at = coalesce(t.detached_at, ${dbNow()}) from moved where t.account_id = moved.id and not t.pending),
    lapsed as (delete from ${transactions} t using moved where t.account_id = moved.id and t.pending),
    restarted as (update ${bankConnections} c set cursor = null, updated_at = now() where c.id in (select connection_id from moved)),
    run as (
      insert into ${syncRuns} as r (id, user_id, connection_id, trigger, run_at)
      select gen_random_uuid(), m.user_id, m.connection_id, 'handed_over', ${dbNow()} from (select distinct user_id, connection_id from moved) m
      on conflict (connection_id) where status = 'pending' do update set run_at = least(r.run_at, excluded.run_at), updated_at = now()
    ), ${audit(actor, sql`moved`, { action: 'account.handed_over', subject: sql`id`, detail: sql`jsonb_build_object('connection', connection_id)` })} select 1`

/** Closes one account and keeps its transactions. Repeating it changes nothing. */
export async function closeAccount(
  app: SystemActor,
  connectionId: string,
  plaidAccountId: string
): Promise<void> {
  await transaction(app, [
    auditedChange(
      app,
      sql`update ${linkedAccounts} l set closed_at = ${dbNow()}, updated_at = now()
        where l.connection_id = ${connectionId}::uuid and l.plaid_account_id = ${plaidAccountId} and l.closed_at is null returning l.id, l.user_id`,
      {
        action: 'account.closed',
        subject: sql`id`,
        also: sql`detached as (update ${transactions} t set detached_at = ${dbNow()} from changed where t.account_id = changed.id and t.detached_at is null)`
      }
    ),
    reassignAccounts(app, sql`${connectionId}::uuid`)
  ])
}
