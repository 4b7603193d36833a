import 'server-only'
import { sql } from 'drizzle-orm'
import { netValue } from '@/lib/domain/connections/linked-account'
import { type CalendarDate, dateFormatter } from '@/lib/domain/dates'
import type { Money } from '@/lib/domain/money/money'
import { accountLifespans } from '@/lib/domain/reports/account-lifespans'
import { type HoldingType, holdingType, LEDGER_BACKED } from '@/lib/domain/reports/net-worth'
import {
  type HistoryAccount,
  type HistoryRange,
  historyStart,
  type NetWorthHistory,
  netWorthHistory
} from '@/lib/domain/reports/net-worth-history'
import { type NonLedgerAccount, oneSidedTransfers } from '@/lib/domain/reports/one-sided-transfers'
import type { UserActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { listInvestmentFlows } from '@/lib/services/data/connections/investments'
import {
  BALANCES,
  selectBalances,
  toBalances
} from '@/lib/services/data/connections/linked-accounts'
import { listOwnAssets } from '@/lib/services/data/reports/own-assets'
import { query, queryOne } from '@/lib/services/data/sql/query'
import { column, type InferRow, nullable, rowType } from '@/lib/services/data/sql/row-type'
import {
  balanceSnapshots,
  bankAccounts,
  bankConnections,
  investmentTransactions,
  linkedAccounts,
  transactions
} from '@/xata/schema'

/**
 * The user's net worth per day in their time zone. Includes the accounts that count today and
 * accounts that the institution closed; hidden and disconnected ones are excluded from the past
 * too.
 */
export async function getNetWorthHistory(
  actor: UserActor,
  { range, timeZone }: { range: HistoryRange; timeZone: string }
): Promise<NetWorthHistory[]> {
  const dayOf = dateFormatter(timeZone)
  const today = dayOf(now().toISOString())
  const from = historyStart(range, today)
  const [accounts, assets, reported, postings, flows, transfers, own] = await Promise.all([
    listHistoryAccounts(actor),
    listOwnAssets(actor),
    listReportedBalances(actor, from),
    listPostings(actor, from, today),
    listInvestmentFlows(actor, { from, to: today }),
    listTransferRows(actor, from, today),
    findBankAccountBalance(actor)
  ])
  const known = findBalances(reported, dayOf)
  const linked = linkedHistory({ accounts, postings, flows, transfers }, known, dayOf)
  const ours = own
    ? [
        {
          ...NOT_BOOKED,
          currency: own.currency,
          balance: own.minor,
          reportedBalances: known(own.id, own.currency, false),
          since: dayOf(own.createdAt)
        }
      ]
    : []
  const bankDays = [
    ...accounts.flatMap(({ first, firstInvestment }) => first ?? firstInvestment ?? []),
    ...reported.map(({ at }) => dayOf(at))
  ]
  // Starts at the first reported balance of a linked account: earlier values would be guesses, even
  // if an own asset is older.
  const assetDays = assets.flatMap(({ values }) => values.map(({ on }) => on))
  const first = (bankDays.length > 0 ? bankDays : assetDays).filter((on) => on <= today)
  return netWorthHistory({
    accounts: [...linked, ...ours],
    assets,
    today,
    range,
    first: first.toSorted()[0] ?? null
  })
}

/** An account's reported balances per day, with the sign changed for what the user owes. */
type KnownBalances = (
  owner: string,
  currency: string,
  flip: boolean
) => { on: CalendarDate; minor: bigint }[]

function findBalances(
  reported: Awaited<ReturnType<typeof listReportedBalances>>,
  dayOf: (at: string) => CalendarDate
): KnownBalances {
  const byOwner = groupBy(reported, ({ owner }) => owner)
  return (owner, currency, flip) =>
    (byOwner.get(owner) ?? [])
      .filter((one) => one.currency === currency)
      .map(({ at, minor }) => ({ on: dayOf(at), minor: flip ? -minor : minor }))
}

function linkedHistory(
  {
    accounts,
    postings,
    flows,
    transfers
  }: {
    accounts: StoredAccount[]
    postings: Posting[]
    flows: Posting[]
    transfers: TransferRow[]
  },
  known: KnownBalances,
  dayOf: (at: string) => CalendarDate
): HistoryAccount[] {
  const valued = accounts.flatMap((account): ValuedAccount[] => {
    const [type, value] = [holdingType(account.type), netValue(account)]
    return type && value ? [{ ...account, worthType: type, value }] : []
  })
  const silent = oneSidedTransfers(transfers, valued.flatMap(toNonLedgerAccount))
  const spans = accountLifespans(
    accounts.map((one) => ({ ...one, currency: one.current?.currency ?? null })),
    dayOf
  )
  const postingsOf = groupBy(postings, ({ accountId }) => accountId)
  const flowsOf = groupBy(flows, ({ accountId }) => accountId)
  return valued.map(({ id, worthType, value, firstInvestment }) => ({
    currency: value.currency,
    balance: value.minor,
    reportedBalances: known(id, value.currency, worthType === 'credit' || worthType === 'loan'),
    ...(firstInvestment === null
      ? {
          postings: postingsOf.get(id) ?? [],
          ledgerBacked: LEDGER_BACKED.includes(worthType),
          transfers: silent.get(id) ?? []
        }
      : {
          // The institution itself says what came in and left.
          postings: flowsOf.get(id) ?? [],
          ledgerBacked: true,
          transfers: []
        }),
    since: spans.get(id)?.since ?? null,
    until: spans.get(id)?.until ?? null
  }))
}

/** In the order of the items. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

const NOT_BOOKED = { postings: [], ledgerBacked: false, transfers: [], until: null }

type Posting = Awaited<ReturnType<typeof listPostings>>[number]
type TransferRow = InferRow<typeof TRANSFER_CANDIDATE>
type ValuedAccount = StoredAccount & { worthType: HoldingType; value: Money }

/**
 * Accounts whose transactions do not explain their balance: investments, or institutions that send
 * no transactions.
 */
function toNonLedgerAccount({
  id,
  worthType,
  value,
  subtype,
  mask,
  first
}: ValuedAccount): NonLedgerAccount[] {
  const hasRows = first !== null
  if (worthType !== 'investment' && (worthType !== 'depository' || hasRows)) return []
  return [{ id, currency: value.currency, type: worthType, subtype, mask, hasRows }]
}

type StoredAccount = Awaited<ReturnType<typeof listHistoryAccounts>>[number]

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

async function listHistoryAccounts(actor: UserActor) {
  const found = await query(
    actor,
    HISTORY_ACCOUNT,
    sql`select l.id, l.connection_id as "connectionId", l.subtype, l.mask, l.created_at as "createdAt", l.closed_at as "closedAt", ${selectBalances},
      (select t.booked_on from ${transactions} t where t.account_id = l.id and not t.pending and t.removed_at is null order by t.booked_on limit 1) as first,
      (select v.booked_on from ${investmentTransactions} v where v.account_id = l.id order by v.booked_on limit 1) as "firstInvestment"
    from ${fromAccounts} where ${visibleAccounts(actor)} order by l.created_at, l.id`
  )
  return found.map(toBalances)
}

/** Oldest first: the later of two balances on one day wins. */
const listReportedBalances = (actor: UserActor, from: CalendarDate) =>
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

const settled = (actor: UserActor, from: CalendarDate, to: CalendarDate) =>
  sql`${visibleAccounts(actor)} and t.booked_on > ${from}::date and t.booked_on <= ${to}::date and not t.pending and t.removed_at is null and t.currency = l.currency`

/**
 * Amounts as the banks booked them, without the user's edits and exclusions: balances include
 * everything.
 */
const listPostings = (actor: UserActor, from: CalendarDate, to: CalendarDate) =>
  query(
    actor,
    rowType({ accountId: transactions.accountId, on: transactions.bookedOn, minor: column.minor }),
    sql`select t.account_id as "accountId", t.booked_on as on, sum(t.amount_minor) as minor
    from ${fromAccounts} join ${transactions} t on t.account_id = l.id where ${settled(actor, from, to)} group by t.account_id, t.booked_on`
  )

/** The two sides of a transfer are booked at most this many days apart. */
const SIDES_DAYS = 5

const TRANSFER_CANDIDATE = rowType({
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
const listTransferRows = (actor: UserActor, from: CalendarDate, to: CalendarDate) =>
  query(
    actor,
    TRANSFER_CANDIDATE,
    sql`with side as materialized (
      select t.id, t.account_id, t.booked_on, t.amount_minor, t.currency, t.name, t.category_detailed
      from ${fromAccounts} join ${transactions} t on t.account_id = l.id
      where ${settled(actor, from, to)} and l.type = 'depository' and (t.category_primary is null or t.category_primary in ('OTHER', 'TRANSFER_IN', 'TRANSFER_OUT'))
    ), facing as (
      select distinct on (s.id) s.id, o.account_id from side s join ${transactions} o on o.amount_minor = -s.amount_minor and o.currency = s.currency
      where o.user_id = ${actor.userId} and o.account_id <> s.account_id and not o.pending and o.removed_at is null
        and o.booked_on between s.booked_on - ${SIDES_DAYS}::int and s.booked_on + ${SIDES_DAYS}::int
      order by s.id, abs(o.booked_on - s.booked_on), o.id
    )
    select s.booked_on as on, s.amount_minor as minor, s.currency, s.name, s.category_detailed as detailed, f.account_id as counterpart
    from side s left join facing f on f.id = s.id order by s.booked_on, s.id`
  )

const findBankAccountBalance = (actor: UserActor) =>
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
