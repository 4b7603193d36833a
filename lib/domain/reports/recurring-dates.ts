/**
 * Schedules of recurring payments: which interval fits the dates best, and when the next payment
 * is due.
 */
import type { CalendarDate } from '@/lib/domain/dates'
import { addDays, dayInMonth, daysBetween } from '@/lib/domain/periods'
import { isBankDay } from '@/lib/domain/transfers/settlement'

export const CADENCES = [
  'weekly',
  'biweekly',
  'semimonthly',
  'four_weekly',
  'monthly',
  'quarterly',
  'yearly'
] as const
export type Cadence = (typeof CADENCES)[number]

export type Schedule = {
  cadence: Cadence
  /**
   * Days between payments: typical, minimum and maximum. Weekends, holidays and short months cause
   * the spread.
   */
  gap: number
  minGap: number
  maxGap: number
  /** Every n days, every n months on the same day, or twice a month. */
  every: { days: number } | { months: number } | 'half month'
  /** Payments needed to detect the schedule. Two are enough for a yearly one. */
  minPayments: number
  /** How many days late a payment may be before the series counts as ended. */
  graceDays: number
  perYear: bigint
}

export const SCHEDULES: readonly Schedule[] = [
  {
    cadence: 'weekly',
    gap: 7,
    minGap: 6,
    maxGap: 8,
    every: { days: 7 },
    minPayments: 3,
    graceDays: 4,
    perYear: 52n
  },
  {
    cadence: 'biweekly',
    gap: 14,
    minGap: 12,
    maxGap: 16,
    every: { days: 14 },
    minPayments: 3,
    graceDays: 5,
    perYear: 26n
  },
  {
    cadence: 'semimonthly',
    gap: 15.2,
    minGap: 10,
    maxGap: 21,
    every: 'half month',
    minPayments: 4,
    graceDays: 6,
    perYear: 24n
  },
  {
    cadence: 'four_weekly',
    gap: 28,
    minGap: 27,
    maxGap: 29,
    every: { days: 28 },
    minPayments: 3,
    graceDays: 5,
    perYear: 13n
  },
  {
    cadence: 'monthly',
    gap: 30.4,
    minGap: 25,
    maxGap: 36,
    every: { months: 1 },
    minPayments: 3,
    graceDays: 7,
    perYear: 12n
  },
  {
    cadence: 'quarterly',
    gap: 91.3,
    minGap: 83,
    maxGap: 100,
    every: { months: 3 },
    minPayments: 3,
    graceDays: 11,
    perYear: 4n
  },
  {
    cadence: 'yearly',
    gap: 365.25,
    minGap: 353,
    maxGap: 378,
    every: { months: 12 },
    minPayments: 2,
    graceDays: 15,
    perYear: 1n
  }
]

/** `off`: total deviation from the schedule in days. `next`: the next due date. */
export type Fit = { off: number; next: CalendarDate }

/** Older payments say little about the current day of the month. */
const FIT_WINDOW = 12

/** Fits a schedule to dates, oldest first. */
export function fitDates(dates: readonly CalendarDate[], { every, gap }: Schedule): Fit {
  if (every === 'half month') return fitHalves(dates)
  return 'days' in every
    ? fitDays(dates, every.days, gap)
    : fitMonths(dates.slice(-FIT_WINDOW), every.months)
}

/**
 * Fits a fixed interval in days. Uses the median phase, so one late payment does not shift the
 * next.
 */
function fitDays(dates: readonly CalendarDate[], days: number, gap: number): Fit {
  const [first = ''] = dates
  const phases = dates.map((date) => {
    const since = daysBetween(first, date)
    return since - Math.round(since / gap) * days
  })
  const phase = median(phases)
  const slots = Math.round((daysBetween(first, dates.at(-1) ?? first) - phase) / days) + 1
  return {
    off: sum(phases.map((one) => Math.abs(one - phase))),
    next: addDays(first, slots * days + phase)
  }
}

/** Fits twice a month as two alternating monthly schedules. */
function fitHalves(dates: readonly CalendarDate[]): Fit {
  const fitTurn = (turn: number): Fit =>
    fitMonths(dates.filter((_, n) => (dates.length - n) % 2 === turn).slice(-FIT_WINDOW), 1)
  const next = fitTurn(0)
  return { off: next.off + fitTurn(1).off, next: next.next }
}

type Shift = 'none' | 'before' | 'after'
const SHIFTS: readonly Shift[] = ['none', 'after', 'before']
/** How far the scheduled day may be from the observed days. */
const DAY_OFFSETS = [0, 1, -1, 2, -2, 3, -3]

/**
 * Fits the same day of each month, with or without a shift to a banking day. Takes the candidate
 * with the smallest deviation.
 */
function fitMonths(dates: readonly CalendarDate[], months: number): Fit {
  const seen = dates.map((date) => ({ at: dayNumber(date), month: monthNumber(date) }))
  const days = new Set(
    dates
      .flatMap((date) => DAY_OFFSETS.map((by) => ((Number(date.slice(8, 10)) + by + 30) % 31) + 1))
      .concat(31)
  )
  let best = { off: Number.POSITIVE_INFINITY, spread: 0, next: 0 }
  for (const shift of SHIFTS) {
    for (const day of days) {
      const one = missedBy(seen, day, shift, best.off)
      if (one.off > best.off || (one.off === best.off && one.spread >= best.spread)) continue
      best = { ...one, next: dayOf(one.month + months, day, shift) }
    }
    // Shifting to a banking day cannot correct more than this.
    if (best.off === 0 || best.off > dates.length * 3) break
  }
  return { off: best.off, next: addDays(EPOCH, best.next) }
}

type Seen = { at: number; month: number }

/**
 * Total and squared deviation of a candidate in days, and the month of the last date. Stops once
 * it exceeds `most`.
 */
function missedBy(
  seen: readonly Seen[],
  day: number,
  shift: Shift,
  most: number
): { off: number; spread: number; month: number } {
  const found = { off: 0, spread: 0, month: 0 }
  for (const one of seen) {
    const { month, miss } = nearest(one, day, shift)
    found.off += miss
    found.spread += miss * miss
    found.month = month
    if (found.off > most) break
  }
  return found
}

const EPOCH = '1970-01-01'
const dayNumber = (date: CalendarDate): number => daysBetween(EPOCH, date)
const monthNumber = (date: CalendarDate): number =>
  Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1

/** The month whose scheduled day is nearest to a date, and the deviation in days. */
function nearest({ at, month }: Seen, day: number, shift: Shift): { month: number; miss: number } {
  const of = (one: number) => ({ month: one, miss: Math.abs(dayOf(one, day, shift) - at) })
  const own = of(month)
  if (own.miss < 12) return own
  return [of(month - 1), of(month + 1)].reduce(
    (best, one) => (one.miss < best.miss ? one : best),
    own
  )
}

const known = new Map<number, number>()
/** The scheduled day of a month, memoised because few combinations repeat often. */
function dayOf(month: number, day: number, shift: Shift): number {
  const key = (month * 32 + day) * SHIFTS.length + SHIFTS.indexOf(shift)
  const found = known.get(key)
  if (found !== undefined) return found
  let date = dayInMonth(
    `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`,
    day
  )
  if (shift !== 'none') while (!isBankDay(date)) date = addDays(date, shift === 'after' ? 1 : -1)
  if (known.size > 20_000) known.clear()
  known.set(key, dayNumber(date))
  return dayNumber(date)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
