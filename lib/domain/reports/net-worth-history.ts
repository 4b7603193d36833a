/** Net worth per day: reported balances where known, otherwise calculated backwards from today. */
import type { CalendarDate } from '@/lib/domain/dates'
import { addDays, daysBetween } from '@/lib/domain/periods'
import { assetNetValue, type OwnAsset } from '@/lib/domain/reports/own-assets'

export const HISTORY_RANGES = ['1m', '3m', '1y', 'all'] as const
export type HistoryRange = (typeof HISTORY_RANGES)[number]

const DAYS: Record<HistoryRange, number> = { '1m': 30, '3m': 91, '1y': 365, all: 3_650 }
/** More points make the chart slower, not clearer. */
const MAX_POINTS = 120

export type DatedAmount = { on: CalendarDate; minor: bigint }

/** Debts are negative, as in net worth. */
export type HistoryAccount = {
  currency: string
  balance: bigint
  /** Reported end-of-day balances. */
  reportedBalances: readonly DatedAmount[]
  /** The sum of postings per day. */
  postings: readonly DatedAmount[]
  /** Whether postings explain the balance; false if market prices move it. */
  ledgerBacked: boolean
  /** Transfers visible only on the user's other accounts. They count in addition to `postings`. */
  transfers: readonly DatedAmount[]
  /** Did not exist before this day; null if unknown. */
  since: CalendarDate | null
  /** Closed and worth nothing from this day on; null while open. */
  until: CalendarDate | null
}

export type HistoryPoint = { on: CalendarDate; minor: bigint; estimated: boolean }
export type NetWorthHistory = { currency: string; points: HistoryPoint[] }

type Input = {
  accounts: readonly HistoryAccount[]
  assets: readonly OwnAsset[]
  today: CalendarDate
  range: HistoryRange
  first: CalendarDate | null
}

/** The days plotted for a range, today last. `first` is the earliest day with data. */
export function historyDays(
  range: HistoryRange,
  today: CalendarDate,
  first: CalendarDate | null
): CalendarDate[] {
  const length = Math.min(DAYS[range], first ? Math.max(0, daysBetween(first, today)) : 0)
  const step = Math.ceil((length + 1) / MAX_POINTS)
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, n) =>
    addDays(today, -n * step)
  ).reverse()
}

/** The earliest day of a range. */
export const historyStart = (range: HistoryRange, today: CalendarDate): CalendarDate =>
  addDays(today, -DAYS[range])

/**
 * One series per currency. The last point equals current net worth; each day differs from the
 * previous one by its postings.
 */
export function netWorthHistory({
  accounts,
  assets,
  today,
  range,
  first
}: Input): NetWorthHistory[] {
  const days = historyDays(range, today, first)
  const calendar = daysBack(today, days[0] ?? today)
  const currencies = [...new Set([...accounts, ...assets].map(({ currency }) => currency))]
  return currencies.map((currency) => {
    const lines = accounts
      .filter((one) => one.currency === currency)
      .map((one) => dailyBalances(one, days, calendar))
    const owned = assets.filter((one) => one.currency === currency)
    return {
      currency,
      points: days.map((on, n) => ({
        on,
        minor:
          lines.reduce((sum, line) => sum + (line[n]?.minor ?? 0n), 0n) +
          owned.reduce((sum, one) => sum + (assetNetValue(one, on) ?? 0n), 0n),
        estimated: lines.some((line) => line[n]?.estimated)
      }))
    }
  })
}

/** Every day from today back to `first`, newest first. Made once: text of dates is slow to make. */
const daysBack = (today: CalendarDate, first: CalendarDate): CalendarDate[] =>
  Array.from({ length: daysBetween(first, today) + 1 }, (_, n) => addDays(today, -n))

/**
 * One account's balance on each day, the last being today. Works backwards: subtracting a day's
 * postings gives the previous evening's balance.
 */
function dailyBalances(
  {
    balance: now,
    reportedBalances,
    postings,
    ledgerBacked,
    transfers,
    since,
    until
  }: HistoryAccount,
  days: readonly CalendarDate[],
  calendar: readonly CalendarDate[]
): { minor: bigint; estimated: boolean }[] {
  const reportedOn = new Map(reportedBalances.map(({ on, minor }) => [on, minor]))
  const bookedOn = new Map<CalendarDate, bigint>()
  for (const { on, minor } of [...(ledgerBacked ? postings : []), ...transfers])
    bookedOn.set(on, (bookedOn.get(on) ?? 0n) + minor)
  const found: { minor: bigint; estimated: boolean }[] = []
  let state = { minor: now, estimated: false }
  let at = 0
  for (const wanted of days.toReversed()) {
    for (let day = calendar[at]; day && day > wanted; day = calendar[at]) {
      const minor = state.minor - (bookedOn.get(day) ?? 0n)
      at += 1
      const known = reportedOn.get(calendar[at] ?? '')
      state = known === undefined ? { minor, estimated: true } : { minor: known, estimated: false }
    }
    const absent = wanted < (since ?? wanted) || (until ?? '9999') <= wanted
    found.push(absent ? { minor: 0n, estimated: false } : state)
  }
  return found.reverse()
}
