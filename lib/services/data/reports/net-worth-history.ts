import 'server-only'
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
  findBankAccountBalance,
  listHistoryAccounts,
  listPostings,
  listReportedBalances,
  listTransferRows
} from '@/lib/services/data/reports/net-worth-history-rows'
import { listOwnAssets } from '@/lib/services/data/reports/own-assets'
import { cachedReport } from '@/lib/services/data/reports/report-cache'

/**
 * The user's net worth per day in their time zone. Includes the accounts that count today and
 * accounts that the institution closed; hidden and disconnected ones are excluded from the past
 * too.
 */
export function getNetWorthHistory(
  actor: UserActor,
  { range, timeZone }: { range: HistoryRange; timeZone: string }
): Promise<NetWorthHistory[]> {
  const dayOf = dateFormatter(timeZone)
  const today = dayOf(now().toISOString())
  return cachedReport(actor, ['net worth history', range, timeZone, today], () =>
    readNetWorthHistory(actor, { range, today, dayOf })
  )
}

type HistoryQuery = {
  range: HistoryRange
  today: CalendarDate
  dayOf: (at: string) => CalendarDate
}

async function readNetWorthHistory(
  actor: UserActor,
  { range, today, dayOf }: HistoryQuery
): Promise<NetWorthHistory[]> {
  const from = historyStart(range, today)
  const [accounts, assets, reported, postings, flows, own] = await Promise.all([
    listHistoryAccounts(actor),
    listOwnAssets(actor),
    listReportedBalances(actor, from),
    listPostings(actor, from, today),
    listInvestmentFlows(actor, { from, to: today }),
    findBankAccountBalance(actor)
  ])
  const valued = accounts.flatMap(toValuedAccount)
  const transfers = await readOneSidedTransfers(actor, valued, { from, today })
  const known = findBalances(reported, dayOf)
  const linked = linkedHistory({ accounts, valued, postings, flows, transfers }, known, dayOf)
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

type OneSidedTransfers = ReturnType<typeof oneSidedTransfers>

/** Reads the whole history, but only for users with an account that needs it. */
async function readOneSidedTransfers(
  actor: UserActor,
  accounts: readonly ValuedAccount[],
  { from, today }: { from: CalendarDate; today: CalendarDate }
): Promise<OneSidedTransfers> {
  const silent = accounts.flatMap(toNonLedgerAccount)
  return silent.length > 0
    ? oneSidedTransfers(await listTransferRows(actor, from, today), silent)
    : new Map()
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
    valued,
    postings,
    flows,
    transfers
  }: {
    accounts: StoredAccount[]
    valued: ValuedAccount[]
    postings: Posting[]
    flows: Posting[]
    transfers: OneSidedTransfers
  },
  known: KnownBalances,
  dayOf: (at: string) => CalendarDate
): HistoryAccount[] {
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
          transfers: transfers.get(id) ?? []
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
type ValuedAccount = StoredAccount & { worthType: HoldingType; value: Money }

function toValuedAccount(account: StoredAccount): ValuedAccount[] {
  const [type, value] = [holdingType(account.type), netValue(account)]
  return type && value ? [{ ...account, worthType: type, value }] : []
}

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
