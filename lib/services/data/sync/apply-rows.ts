/** The CTEs that apply the staged rows of a sync to the stored transactions. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { linkedAccounts, transactions } from '@/xata/schema'

/** The columns that an institution can change. */
const CONTENT = [
  'amount_minor',
  'currency',
  'booked_on',
  'authorized_on',
  'name',
  'merchant_name',
  'category_primary',
  'category_detailed',
  'payment_channel',
  'pending'
]
const content = (from: string): SQL =>
  sql.raw(CONTENT.map((column) => `${from}.${column}`).join(', '))
const assignments = sql.raw(CONTENT.map((column) => `${column} = excluded.${column}`).join(', '))

/**
 * Stores transactions of accounts that the institution no longer lists: the cursor never returns
 * them again.
 */
const accountsCte: SQL = sql`unknown as (
    insert into ${linkedAccounts} (id, user_id, connection_id, plaid_account_id, name, type, closed_at)
    select distinct on (p.plaid_account_id) p.id, held.user_id, held.connection_id, p.plaid_account_id, 'Closed account', 'other', now() from held, present p
    where p.plaid_account_id not in (select l.plaid_account_id from ${linkedAccounts} l join held on held.connection_id = l.connection_id)
    returning id, plaid_account_id
  ), account as (
    select l.id, l.plaid_account_id from held join ${linkedAccounts} l on l.connection_id = held.connection_id and l.duplicate_of is null union all select id, plaid_account_id from unknown
  )`

/**
 * Our row for a Plaid id. A lookup per id: without statistics, Postgres would read the whole
 * history instead.
 */
const rowByPlaidId = (plaidId: SQL): SQL =>
  sql`(select x.id from ${transactions} x where x.connection_id = held.connection_id and x.plaid_transaction_id = ${plaidId} limit 1)`

/**
 * Matches each row from Plaid with ours: the same id, or the pending row it settles, even if an
 * earlier sync removed that. If several settle one pending row, the last one wins. A row that
 * another one settled does not return.
 */
const targetCte: SQL = sql`settler as (select distinct on (settles) settles, plaid_id from present where settles is not null order by settles, n desc),
  target as materialized (
    select p.*, a.id as account_id, coalesce(same.id, settled.id) as row_id
    from held cross join present p join account a on a.plaid_account_id = p.plaid_account_id
    left join lateral ${rowByPlaidId(sql`p.plaid_id`)} same on true
    left join settler on settler.plaid_id = p.plaid_id
    left join lateral ${rowByPlaidId(sql`settler.settles`)} settled on true
    where not exists (select 1 from ${transactions} o where o.connection_id = held.connection_id and o.plaid_pending_transaction_id = p.plaid_id)
  )`

const place = (id: string): SQL =>
  sql.raw(
    `row_number() over (partition by account_id, booked_on, amount_minor, currency, pending order by ${id})`
  )

/**
 * A reopened or reselected account returns its transactions under new ids. Identical rows keep
 * ours, one for one; then rows that differ only in name, because institutions rename them at such
 * times.
 */
const rematchedCte: SQL = sql`waiting as materialized (
    select t.id, t.account_id, t.booked_on, t.amount_minor, t.currency, t.name, t.pending,
      row_number() over (partition by t.account_id, t.booked_on, t.amount_minor, t.currency, t.name, t.pending order by t.id) as k
    from held join ${transactions} t on t.connection_id = held.connection_id
    where t.detached_at is not null and t.removed_at is null and t.id not in (select row_id from target where row_id is not null)
  ), arrived as (
    select plaid_id, account_id, booked_on, amount_minor, currency, name, pending,
      row_number() over (partition by account_id, booked_on, amount_minor, currency, name, pending order by plaid_id) as k
    from target where row_id is null and exists (select 1 from waiting)
  ), exact as materialized (
    select w.id, a.plaid_id from waiting w join arrived a using (account_id, booked_on, amount_minor, currency, name, pending, k)
  ), renamed as (
    select w.id, a.plaid_id from (select *, ${place('id')} as place from waiting where id not in (select id from exact)) w
      join (select *, ${place('plaid_id')} as place from arrived where plaid_id not in (select plaid_id from exact)) a
      using (account_id, booked_on, amount_minor, currency, pending, place)
  ), returned as materialized (select * from exact union all select * from renamed)`

/** Skips unchanged rows. */
const writtenCte: SQL = sql`written as (
    insert into ${transactions} as t (id, user_id, connection_id, account_id, plaid_transaction_id, plaid_pending_transaction_id, ${sql.raw(CONTENT.join(', '))})
    select coalesce(p.row_id, returned.id, p.id), held.user_id, held.connection_id, p.account_id, p.plaid_id, p.settles, ${content('p')}
    from held cross join target p left join returned on returned.plaid_id = p.plaid_id
    on conflict (id) do update set plaid_transaction_id = excluded.plaid_transaction_id, account_id = excluded.account_id, ${assignments},
      plaid_pending_transaction_id = coalesce(excluded.plaid_pending_transaction_id, t.plaid_pending_transaction_id),
      detached_at = (select t.detached_at from ${linkedAccounts} l where l.id = excluded.account_id and l.closed_at is not null), removed_at = null, updated_at = now()
    where t.removed_at is not null or t.detached_at is not null
      or (t.plaid_transaction_id, t.account_id, ${content('t')}) is distinct from (excluded.plaid_transaction_id, excluded.account_id, ${content('excluded')})
    returning t.*, (xmax = 0) as fresh
  )`

/** Rows removed together with their account are kept: those payments did happen. */
const removedCte: SQL = sql`gone as (
    update ${transactions} t set removed_at = now(), updated_at = now()
    from held cross join absent cross join lateral ${rowByPlaidId(sql`absent.plaid_id`)} named
    where t.id = named.id and t.removed_at is null and (t.detached_at is null or t.pending)
      and t.id not in (select row_id from target where row_id is not null) and t.id not in (select id from returned) returning t.id
  )`

/** For the CTEs `held`, `present` and `absent`: `written` has the stored rows, `gone` the removed ones. */
export const applyRowsCtes = sql`${accountsCte}, ${targetCte}, ${rematchedCte}, ${writtenCte}, ${removedCte}`
