/** The rows that the history of net worth is made of. */
import 'server-only'
import { sql } from 'drizzle-orm'
import type { CalendarDate } from '@/lib/domain/dates'
import type { UserActor } from '@/lib/domain/users/actor'
import {
  BALANCES,
  selectBalances,
  toBalances
} from '@/lib/services/data/connections/linked-accounts'
import { query, queryOne } from '@/lib/services/data/sql/query'
import { column, nullable, rowType } from '@/lib/services/data/sql/row-type'
import {
  balanceSnapshots,
  bankAccounts,
  bankConnections,
  investmentTransactions,
  linkedAccounts,
  transactions
} from '@/xata/schema'

/** Open accounts, and accounts closed by the institution on an active connection. */
const visibleAccounts = (actor: UserActor) =>
  sql`l.user_id = ${actor.userId} and l.hidden_at is null and c.removed_at is null and (l.closed_at is null or c.leaving_at is null)`
const fromAccounts = sql`${linkedAccounts} l join ${bankConnections} c on c.id = l.connection_id`

const HISTORY_ACCOUNT = rowType({
  id: linkedAccounts.id,
  connectionId: linkedAccounts.connectionId,
  subtype: linkedAccounts.subtype,
  mask: linkedAccounts.mask,
  createdAt: linkedAccounts.createdAt,
  closedAt: linkedAccounts.closedAt,
  /** The date of its first transaction. */
  first: nullable(column.date),
  firstInvestment: nullable(column.date),
  ...BALANCES
})

/** `nulls first` is the order in which the indexes are read backwards; the date is never null. */
export async function listHistoryAccounts(actor: UserActor) {
  const found = await query(
    actor,
    HISTORY_ACCOUNT,
    sql`select l.id, l.connection_id as "connectionId", l.subtype, l.mask, l.created_at as "createdAt", l.closed_at as "closedAt", ${selectBalances},
      (select t.booked_on from ${transactions} t where t.user_id = ${actor.userId} and t.account_id = l.id and not t.pending and t.removed_at is null order by t.booked_on nulls first limit 1) as first,
      (select v.booked_on from ${investmentTransactions} v where v.user_id = ${actor.userId} and v.account_id = l.id order by v.booked_on nulls first limit 1) as "firstInvestment"
    from ${fromAccounts} where ${visibleAccounts(actor)} order by l.created_at, l.id`
  )
  return found.map(toBalances)
}

/** Oldest first: the later of two balances on one day wins. */
export const listReportedBalances = (actor: UserActor, from: CalendarDate) =>
  query(
    actor,
    rowType({
      owner: column.uuid,
      at: balanceSnapshots.takenAt,
      minor: balanceSnapshots.minor,
      currency: balanceSnapshots.currency
    }),
    sql`select coalesce(s.account_id, s.bank_account_id) as owner, s.taken_at as at, s.minor, s.currency
    from ${balanceSnapshots} s left join (${fromAccounts}) on l.id = s.account_id
    where s.user_id = ${actor.userId} and s.taken_on >= ${from}::date - 1 and (s.account_id is null or ${visibleAccounts(actor)}) order by s.taken_at`
  )

/**
 * Booked transactions `t` of visible accounts. After a join with the accounts, Postgres would expect
 * few rows and sort all of them; `is true` makes it look the accounts up in a hash.
 */
const settled = (actor: UserActor, from: CalendarDate, to: CalendarDate, type?: 'depository') =>
  sql`t.user_id = ${actor.userId} and t.booked_on > ${from}::date and t.booked_on <= ${to}::date and not t.pending and t.removed_at is null
    and ((t.account_id, t.currency) in (
      select l.id, l.currency from ${fromAccounts} where ${visibleAccounts(actor)}${type ? sql` and l.type = ${type}` : sql``}
    )) is true`

/**
 * Amounts as the banks booked them, without the user's edits and exclusions: balances include
 * everything.
 */
export const listPostings = (actor: UserActor, from: CalendarDate, to: CalendarDate) =>
  query(
    actor,
    rowType({ accountId: transactions.accountId, on: transactions.bookedOn, minor: column.minor }),
    sql`select t.account_id as "accountId", t.booked_on as on, sum(t.amount_minor) as minor
    from ${transactions} t where ${settled(actor, from, to)} group by t.account_id, t.booked_on`
  )

/** The two sides of a transfer are booked at most this many days apart. */
const SIDES_DAYS = 5

export const TRANSFER_CANDIDATE = rowType({
  on: transactions.bookedOn,
  minor: transactions.amountMinor,
  currency: transactions.currency,
  name: transactions.name,
  detailed: transactions.categoryDetailed,
  counterpart: nullable(column.uuid)
})

/**
 * Transactions of deposit accounts that may be transfers, each with the own account on the other
 * side.
 * The sides are joined, not looked up one by one: comparisons of numerics are not leakproof, so
 * under row-level security no index on an amount is used.
 */
export const listTransferRows = (actor: UserActor, from: CalendarDate, to: CalendarDate) =>
  query(
    actor,
    TRANSFER_CANDIDATE,
    sql`with side as materialized (
      select t.id, t.account_id, t.booked_on, t.amount_minor, t.currency, t.name, t.category_detailed
      from ${transactions} t where ${settled(actor, from, to, 'depository')} and (t.category_primary is null or t.category_primary in ('OTHER', 'TRANSFER_IN', 'TRANSFER_OUT'))
    ), facing as (
      select distinct on (s.id) s.id, o.account_id from side s join ${transactions} o on o.amount_minor = -s.amount_minor and o.currency = s.currency
      where o.user_id = ${actor.userId} and o.account_id <> s.account_id and not o.pending and o.removed_at is null
        and o.booked_on between s.booked_on - ${SIDES_DAYS}::int and s.booked_on + ${SIDES_DAYS}::int
      order by s.id, abs(o.booked_on - s.booked_on), o.id
    )
    select s.booked_on as on, s.amount_minor as minor, s.currency, s.name, s.category_detailed as detailed, f.account_id as counterpart
    from side s left join facing f on f.id = s.id order by s.booked_on, s.id`
  )

export const findBankAccountBalance = (actor: UserActor) =>
  queryOne(
    actor,
    rowType({
      id: bankAccounts.id,
      minor: column.minor,
      currency: column.text,
      createdAt: bankAccounts.createdAt
    }),
    sql`select id, balance_minor as minor, currency, created_at as "createdAt" from ${bankAccounts}
      where user_id = ${actor.userId} and balance_minor is not null and currency is not null`
  )
