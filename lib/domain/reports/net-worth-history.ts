/** What a person was worth day by day: reported where a bank told, worked out backwards from today where it did not. */
import type { CalendarDate } from '@/lib/domain/dates'
import { addDays, daysBetween } from '@/lib/domain/periods'
import { assetNetValue, type OwnAsset } from '@/lib/domain/reports/own-assets'

export const HISTORY_RANGES = ['1m', '3m', '1y', 'all'] as const
export type HistoryRange = (typeof HISTORY_RANGES)[number]

const DAYS: Record<HistoryRange, number> = { '1m': 30, '3m': 91, '1y': 365, all: 3_650 }
/** So many points are a line; more only make it heavy. */
const MAX_POINTS = 120

export type DatedAmount = { on: CalendarDate; minor: bigint }

/** Owed is below zero everywhere, as in net worth. */
export type HistoryAccount = {
  currency: string
  balance: bigint
  /** Balances that the bank told, at the end of the day. */
  reportedBalances: readonly DatedAmount[]
  /** What was booked on each day. */
  postings: readonly DatedAmount[]
  /** Whether what was booked explains the balance: not where prices move it. */
  ledgerBacked: boolean
  /** Transfers with the user's other accounts that only those show: they count whatever else moves the balance. */
  transfers: readonly DatedAmount[]
  /** It was not there before; null where that is not known. */
  since: CalendarDate | null
  /** From this day on it is closed, and worth nothing; null where it is open. */
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

/** The days of a range that a line is drawn through, today last; `first` is the earliest day anything is known of. */
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

/** Since when a range counts at most. */
export const historyStart = (range: HistoryRange, today: CalendarDate): CalendarDate =>
  addDays(today, -DAYS[range])

/** One line per currency. The last point is what net worth says now, and each day differs from the one before by what was booked on it. */
export function netWorthHistory({
  accounts,
  assets,
  today,
  range,
  first
}: Input): NetWorthHistory[] {
  const days = historyDays(range, today, first)
  const currencies = [...new Set([...accounts, ...assets].map(({ currency }) => currency))]
  return currencies.map((currency) => {
    const lines = accounts
      .filter((one) => one.currency === currency)
      .map((one) => dailyBalances(one, days))
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

/** One account on the given days, the last of which is today. Backwards from now: what was booked on a day was not there the evening before. */
function dailyBalances(
  {
    balance: now,
    reportedBalances: told,
    postings: moves,
    ledgerBacked: explained,
    transfers,
    since,
    until
  }: HistoryAccount,
  days: readonly CalendarDate[]
): { minor: bigint; estimated: boolean }[] {
  const toldOn = new Map(told.map(({ on, minor }) => [on, minor]))
  const bookedOn = new Map<CalendarDate, bigint>()
  for (const { on, minor } of [...(explained ? moves : []), ...transfers])
    bookedOn.set(on, (bookedOn.get(on) ?? 0n) + minor)
  const today = days.at(-1) ?? ''
  const found: { minor: bigint; estimated: boolean }[] = []
  let state = { minor: now, estimated: false }
  let day = today
  for (const wanted of days.toReversed()) {
    while (day > wanted) {
      const minor = state.minor - (bookedOn.get(day) ?? 0n)
      day = addDays(day, -1)
      const known = toldOn.get(day)
      state = known === undefined ? { minor, estimated: true } : { minor: known, estimated: false }
    }
    const absent = (since !== null && wanted < since) || (until !== null && wanted >= until)
    found.push(absent ? { minor: 0n, estimated: false } : state)
  }
  return found.reverse()
}
