/**
 * Finds payments with a regular schedule and consistent amounts. Thresholds are frozen;
 * docs/decisions/027-recurring-payments.md has their measurements.
 */
import type { CalendarDate } from '@/lib/domain/dates'
import { daysBetween } from '@/lib/domain/periods'
import { fitDates, SCHEDULES, type Schedule } from '@/lib/domain/reports/recurring-dates'

export type Payment = { date: CalendarDate; minor: bigint }
/** exact: one price, with rare changes · steady: within a few percent · loose: seasonal bills. */
type AmountPattern = 'exact' | 'steady' | 'loose'
/** Payments on one schedule, oldest first. */
export type PaymentSeries = {
  payments: Payment[]
  schedule: Schedule
  amounts: AmountPattern
  next: CalendarDate
  score: number
}

/**
 * Percent: how far two payments of a steady bill may differ, and how far a loose one may be from
 * the median.
 */
const STEADY_TOLERANCE = 5n
const LOOSE_TOLERANCE = 45n
/** Score penalty per day off schedule, as a fraction of one payment. */
const MISSED_DAY_PENALTY = 0.3
/** Score factor of loose chains, which explain their payments less well. */
const LOOSE_SCORE = 0.6
const MAX_SERIES_PER_MERCHANT = 8
/** The share of a merchant's payments that must recur if amounts give no evidence. */
const MIN_COVERAGE = 0.8
/** Purchases rather than bills: a recurring payment in these categories needs a constant price. */
export const SHOPPING_CATEGORIES: ReadonlySet<string | null> = new Set([
  'FOOD_AND_DRINK',
  'GENERAL_MERCHANDISE',
  'TRANSPORTATION',
  'TRAVEL',
  'PERSONAL_CARE',
  'HOME_IMPROVEMENT'
])
/** Variable bills that may come more often than monthly. */
const FREQUENT_BILLS: ReadonlySet<string | null> = new Set(['RENT_AND_UTILITIES', 'LOAN_PAYMENTS'])

/** Takes the best chain repeatedly, then drops chains that the remaining payments contradict. */
export function findSeries(
  all: readonly Payment[],
  category: string | null,
  on: CalendarDate
): PaymentSeries[] {
  const left = new Set(all)
  const chains: PaymentSeries[] = []
  while (chains.length < MAX_SERIES_PER_MERCHANT) {
    const best = bestSeries([...left], category, on)
    if (!best) break
    chains.push(best)
    for (const payment of best.payments) left.delete(payment)
  }
  return chains.filter((chain) => isPlausible(chain, chains, all, category))
}

function bestSeries(
  payments: readonly Payment[],
  category: string | null,
  on: CalendarDate
): PaymentSeries | null {
  let best: PaymentSeries | null = null
  for (const schedule of SCHEDULES) {
    const seen = new Set<Payment>()
    for (let end = payments.length - 1; end >= schedule.minPayments - 1; end--) {
      const newest = payments[end]
      if (!newest || daysBetween(newest.date, on) > schedule.maxGap + schedule.graceDays) break
      // Part of a chain that continues to a newer payment.
      if (seen.has(newest)) continue
      const chain = toSeries(
        walkBack(payments, end, schedule),
        schedule,
        category,
        on,
        best?.score ?? 0
      )
      for (const payment of chain?.payments ?? []) seen.add(payment)
      best = chain ?? best
    }
  }
  return best
}

/**
 * Walks back from one payment: the same amount if present, else the nearest in amount and date.
 * One in three or four may be missing.
 */
function walkBack(
  payments: readonly Payment[],
  end: number,
  { gap, minGap: shortest, maxGap: longest }: Schedule
): Payment[] {
  const chain: Payment[] = []
  let skipped = 0
  for (let at: number | null = end; at !== null; ) {
    const current = payments[at]
    if (!current) break
    chain.unshift(current)
    const before = (times: number) =>
      closest(payments, at ?? 0, {
        from: shortest + gap * times,
        to: longest + gap * times,
        ideal: gap * (times + 1)
      })
    const next = before(0)
    const later: number | null =
      next === null && gap < 40 && chain.length >= (skipped + 1) * 3 ? before(1) : null
    if (later !== null) skipped++
    at = next ?? later
  }
  return chain
}

function closest(
  payments: readonly Payment[],
  at: number,
  { from, to, ideal }: { from: number; to: number; ideal: number }
): number | null {
  const current = payments[at]
  let best: { at: number; cost: number } | null = null
  for (let n = at - 1; current; n--) {
    const payment = payments[n]
    if (!payment) break
    const days = daysBetween(payment.date, current.date)
    if (days > to) break
    if (days < from) continue
    const cost =
      (payment.minor === current.minor ? 0 : 1 + 4 * difference(payment.minor, current.minor)) +
      Math.abs(days - ideal) / (to - from + 1)
    if (!best || cost < best.cost) best = { at: n, cost }
  }
  return best?.at ?? null
}

/**
 * The longest run that ends with the newest payment and has consistent amounts. It must be long
 * enough, better than the best so far and not overdue.
 */
function toSeries(
  walked: readonly Payment[],
  schedule: Schedule,
  category: string | null,
  on: CalendarDate,
  toBeat: number
): PaymentSeries | null {
  const shopping = category === null || SHOPPING_CATEGORIES.has(category)
  const steady = longestRecentRun(walked, schedule, isSteady)
  // Among many purchases, a few equal amounts occur by chance.
  const trusted = !shopping || (steady.length > 3 && steady.length * 2 > walked.length)
  const kinds: [AmountPattern, readonly Payment[]][] = [
    ['exact', longestRecentRun(walked, schedule, isExact)],
    ['steady', trusted ? steady : []],
    [
      'loose',
      allowsVariableAmounts(walked, schedule, category)
        ? longestRecentRun(walked, schedule, isLoose)
        : []
    ]
  ]
  let best: PaymentSeries | null = null
  for (const [amounts, payments] of kinds) {
    const weight = amounts === 'loose' ? LOOSE_SCORE : 1
    if (payments.length * weight <= (best?.score ?? toBeat)) continue
    const { off, next } = fitDates(
      payments.map(({ date }) => date),
      schedule
    )
    const score = (payments.length - MISSED_DAY_PENALTY * off) * weight
    if (
      // More than a day off per payment is not a schedule.
      off > payments.length ||
      daysBetween(next, on) > schedule.graceDays ||
      score <= (best?.score ?? toBeat)
    )
      continue
    best = { payments: [...payments], schedule, amounts, next, score }
  }
  return best
}

function longestRecentRun(
  payments: readonly Payment[],
  { minPayments: fewest }: Schedule,
  fits: (minors: bigint[]) => boolean
): readonly Payment[] {
  for (let from = 0; from + fewest <= payments.length; from++) {
    const newest = payments.slice(from)
    if (fits(newest.map(({ minor }) => minor))) return newest
  }
  return []
}

function allowsVariableAmounts(
  payments: readonly Payment[],
  { cadence, gap }: Schedule,
  category: string | null
): boolean {
  if (SHOPPING_CATEGORIES.has(category)) return false
  if (payments[0] && payments[0].minor > 0n) return payments.length > 3
  return gap > 30 || (cadence !== 'semimonthly' && FREQUENT_BILLS.has(category))
}

/** Each amount after the first, behind the one before it. */
const stepsOf = (minors: readonly bigint[]): [bigint, bigint][] =>
  minors.slice(1).map((minor, n) => [minors[n] ?? minor, minor])
const changesIn = (minors: readonly bigint[]): number =>
  stepsOf(minors).filter(([before, after]) => before !== after).length
/** The difference as a fraction of the larger amount. */
const difference = (a: bigint, b: bigint): number =>
  Math.abs(Number(a - b)) / Math.max(Math.abs(Number(a)), Math.abs(Number(b)), 1)

/** One price with few and moderate changes. */
const isExact = (minors: bigint[]): boolean =>
  changesIn(minors) <= Math.floor(minors.length / 3) &&
  stepsOf(minors).every(([before, after]) => difference(before, after) <= 0.5)

const isSteady = (minors: bigint[]): boolean =>
  stepsOf(minors).every(
    ([before, after]) => difference(before, after) * 100 <= Number(STEADY_TOLERANCE)
  )

function isLoose(minors: bigint[]): boolean {
  const sizes = minors
    .map((minor) => (minor < 0n ? -minor : minor))
    .toSorted((a, b) => Number(a - b))
  const middle = sizes[Math.floor(sizes.length / 2)] ?? 0n
  return sizes.every(
    (size) => (size > middle ? size - middle : middle - size) * 100n <= middle * LOOSE_TOLERANCE
  )
}

/**
 * Whether a chain is plausible beside the merchant's other payments: coffee at a fixed price is
 * bought on any day.
 */
function isPlausible(
  chain: PaymentSeries,
  chains: readonly PaymentSeries[],
  all: readonly Payment[],
  category: string | null
): boolean {
  const { payments, schedule, amounts } = chain
  const shopping = category === null || SHOPPING_CATEGORIES.has(category)
  const minors = payments.map(({ minor }) => minor)
  const explained = new Set(
    chains
      .filter(
        (one) => one === chain || one.amounts === 'exact' || isSecondBill(one, chains, category)
      )
      .flatMap((one) => one.payments)
  )
  const others = all.filter((payment) => !explained.has(payment))
  const [from, to] = [payments[0]?.date ?? '', payments.at(-1)?.date ?? '']
  const within = others.filter(({ date }) => date >= from && date <= to)
  const covered = within.length <= (within.length + payments.length) * (1 - MIN_COVERAGE)
  if (!covered && (amounts !== 'exact' || changesIn(minors) * 4 > minors.length)) return false
  const alike = (list: readonly Payment[]) =>
    list.filter(({ minor }) => minors.includes(minor)).length
  if (alike(within) * 4 > payments.length || alike(others) > payments.length / (shopping ? 2 : 1))
    return false
  const frequent = schedule.gap < 16 && (minors[0] ?? 0n) < 0n
  if (
    frequent &&
    (within.length * 2 > payments.length || (amounts !== 'exact' && !FREQUENT_BILLS.has(category)))
  )
    return false
  return (
    !shopping ||
    category === null ||
    (changesIn(minors) * 4 <= minors.length && (!frequent || payments.length > 3)) ||
    amounts === 'steady'
  )
}

/** A second seasonal bill of the same utility, such as gas next to power. */
const isSecondBill = (
  { amounts }: PaymentSeries,
  chains: readonly PaymentSeries[],
  category: string | null
): boolean =>
  amounts !== 'exact' &&
  FREQUENT_BILLS.has(category) &&
  chains.filter((one) => one.amounts !== 'exact').length === 2
