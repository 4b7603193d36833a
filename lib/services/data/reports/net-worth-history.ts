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
import {
  type NonLedgerAccount,
  oneSidedTransfers,
  type TransferCandidate
} from '@/lib/domain/reports/one-sided-transfers'
import type { UserActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { type Balances, toBalances } from '@/lib/services/data/connections/linked-accounts'
import { listOwnAssets } from '@/lib/services/data/reports/own-assets'
import { query } from '@/lib/services/data/sql/query'
import {
  balanceSnapshots,
  bankAccounts,
  bankConnections,
  linkedAccounts,
  transactions
} from '@/xata/schema'

type ReportedBalance = { owner: string; at: string; minor: bigint; currency: string }
type BookedRow = { account_id: string; on: string; minor: bigint }

/**
 * The user's net worth day by day, as days are where they live. Of what counts today, and of accounts that a bank closed until then: what the user
 * hid or disconnected is not in its past either.
 */
export async function getNetWorthHistory(
  actor: UserActor,
  { range, timeZone }: { range: HistoryRange; timeZone: string }
): Promise<NetWorthHistory[]> {
  const dayOf = dateFormatter(timeZone)
  const today = dayOf(now().toISOString())
  const from = historyStart(range, today)
  const [accounts, assets, told, moves, transfers, own] = await Promise.all([
    listHistoryAccounts(actor),
    listOwnAssets(actor),
    listReportedBalances(actor, from),
    listPostings(actor, from, today),
    listTransferRows(actor, from, today),
    findBankAccountBalance(actor)
  ])
  const known = (owner: string, currency: string, flip: boolean) =>
    told
      .filter((one) => one.owner === owner && one.currency === currency)
      .map(({ at, minor }) => ({ on: dayOf(at), minor: flip ? -minor : minor }))
  const valued = accounts.flatMap((account) => {
    const [type, value] = [holdingType(account.type), netValue(account)]
    return type && value ? [{ ...account, worthType: type, value }] : []
  })
  const silent = oneSidedTransfers(transfers, valued.flatMap(toNonLedgerAccount))
  const spans = accountLifespans(
    accounts.map((one) => ({
      ...one,
      connectionId: one.connection_id,
      currency: one.current?.currency ?? null,
      createdAt: one.created_at,
      closedAt: one.closed_at
    })),
    dayOf
  )
  const linked = valued.map(
    ({ id, worthType, value }): HistoryAccount => ({
      currency: value.currency,
      balance: value.minor,
      reportedBalances: known(id, value.currency, worthType === 'credit' || worthType === 'loan'),
      postings: moves.filter(({ account_id }) => account_id === id),
      ledgerBacked: LEDGER_BACKED.includes(worthType),
      transfers: silent.get(id) ?? [],
      since: spans.get(id)?.since ?? null,
      until: spans.get(id)?.until ?? null
    })
  )
  const ours = own
    ? [
        {
          ...NOT_BOOKED,
          currency: own.currency,
          balance: own.minor,
          reportedBalances: known(own.id, own.currency, false),
          since: dayOf(own.created_at)
        }
      ]
    : []
  const banks = [
    ...accounts.flatMap(({ first }) => first ?? []),
    ...told.map(({ at }) => dayOf(at))
  ]
  // Before a bank's first word there is only a guess, however long ago a house was bought.
  const first = (
    banks.length > 0 ? banks : assets.flatMap(({ values }) => values.map(({ on }) => on))
  ).filter((on) => on <= today)
  return netWorthHistory({
    accounts: [...linked, ...ours],
    assets,
    today,
    range,
    first: first.toSorted()[0] ?? null
  })
}

const NOT_BOOKED = { postings: [], ledgerBacked: false, transfers: [], until: null }

type ValuedAccount = StoredAccount & { worthType: HoldingType; value: Money }

/** Accounts whose rows do not explain their balance: prices move them, or their bank sends no rows. */
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

/** Open accounts, and those that a bank closed at a connection that goes on. */
const visibleAccounts = (actor: UserActor) =>
  sql`l.user_id = ${actor.userId} and l.hidden_at is null and c.removed_at is null and (l.closed_at is null or c.leaving_at is null)`
const fromAccounts = sql`${linkedAccounts} l join ${bankConnections} c on c.id = l.connection_id`

type AccountRow = Balances & {
  id: string
  connection_id: string
  type: string
  subtype: string | null
  mask: string | null
  created_at: string
  closed_at: string | null
  /** The day of its first row. */
  first: string | null
}

async function listHistoryAccounts(actor: UserActor) {
  const found =
    await query<AccountRow>(sql`select l.id, l.connection_id, l.type, l.subtype, l.mask, l.currency, l.current_minor, l.available_minor, l.limit_minor,
      l.created_at, l.closed_at,
      (select t.booked_on from ${transactions} t where t.account_id = l.id and not t.pending and t.removed_at is null order by t.booked_on limit 1) as first
    from ${fromAccounts} where ${visibleAccounts(actor)} order by l.created_at, l.id`)
  return found.map((row) => ({ ...row, ...toBalances(row) }))
}

/** Oldest first, so that of two in one day the later one counts. */
const listReportedBalances = (actor: UserActor, from: CalendarDate) =>
  query<ReportedBalance>(sql`select coalesce(s.account_id, s.bank_account_id) as owner, s.taken_at as at, s.minor, s.currency
    from ${balanceSnapshots} s left join (${fromAccounts}) on l.id = s.account_id
    where s.user_id = ${actor.userId} and s.taken_on >= ${from}::date - 1 and (s.account_id is null or ${visibleAccounts(actor)}) order by s.taken_at`)

const settled = (actor: UserActor, from: CalendarDate, to: CalendarDate) =>
  sql`${visibleAccounts(actor)} and t.booked_on > ${from}::date and t.booked_on <= ${to}::date and not t.pending and t.removed_at is null and t.currency = l.currency`

/** What the banks booked, whatever the user has made of it since: a balance knows no exclusions. */
const listPostings = (actor: UserActor, from: CalendarDate, to: CalendarDate) =>
  query<BookedRow>(sql`select t.account_id, t.booked_on as on, sum(t.amount_minor) as minor
    from ${fromAccounts} join ${transactions} t on t.account_id = l.id where ${settled(actor, from, to)} group by t.account_id, t.booked_on`)

/** Both sides of a transfer are booked within so many days. */
const SIDES_DAYS = 5

/** Rows of deposit accounts that may be transfers, each with the own account that shows the other side. */
const listTransferRows = (actor: UserActor, from: CalendarDate, to: CalendarDate) =>
  query<TransferCandidate>(sql`select t.booked_on as on, t.amount_minor as minor, t.currency, t.name, t.category_detailed as detailed, (
      select o.account_id from ${transactions} o where o.user_id = t.user_id and abs(o.amount_minor) = abs(t.amount_minor) and o.amount_minor = -t.amount_minor
        and o.account_id <> t.account_id and o.currency = t.currency and not o.pending and o.removed_at is null
        and o.booked_on between t.booked_on - ${SIDES_DAYS}::int and t.booked_on + ${SIDES_DAYS}::int order by abs(o.booked_on - t.booked_on), o.id limit 1
    ) as counterpart
    from ${fromAccounts} join ${transactions} t on t.account_id = l.id
    where ${settled(actor, from, to)} and l.type = 'depository' and (t.category_primary is null or t.category_primary in ('OTHER', 'TRANSFER_IN', 'TRANSFER_OUT'))
    order by t.booked_on, t.id`)

async function findBankAccountBalance(
  actor: UserActor
): Promise<{ id: string; minor: bigint; currency: string; created_at: string } | null> {
  const [found] = await query<{
    id: string
    minor: bigint
    currency: string
    created_at: string
  }>(sql`
    select id, balance_minor as minor, currency, created_at from ${bankAccounts} where user_id = ${actor.userId} and balance_minor is not null and currency is not null`)
  return found ?? null
}
