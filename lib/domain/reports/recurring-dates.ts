/** The calendar behind recurring payments: how far apart they are, which rhythm explains their dates best, and when the next one is due. */
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
  /** Days from one payment to the next: usually, at least and at most. Weekends, holidays and short months move them. */
  gap: number
  minGap: number
  maxGap: number
  /** Every so many days, or every so many months on the same day. Twice a month is neither. */
  every: { days: number } | { months: number } | 'half month'
  /** How many payments make a rhythm. A year is long, so two make a yearly one. */
  minPayments: number
  /** How many days a payment may be late before it has stopped. */
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

/** How many days the payments are off the rhythm in sum, and the day of the next one. */
export type Fit = { off: number; next: CalendarDate }

/** Older payments say little about today's day of the month. */
const FIT_WINDOW = 12

/** Fits a rhythm to dates, oldest first. */
export function fitDates(dates: readonly CalendarDate[], { every, gap }: Schedule): Fit {
  if (every === 'half month') return fitHalves(dates)
  return 'days' in every
    ? fitDays(dates, every.days, gap)
    : fitMonths(dates.slice(-FIT_WINDOW), every.months)
}

/** A fixed number of days apart. The middle phase counts, so that one late payment does not move the next. */
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

/** Twice a month: two monthly payments that take turns. */
function fitHalves(dates: readonly CalendarDate[]): Fit {
  const turns = [0, 1].map((turn) =>
    dates.filter((_, n) => (dates.length - n) % 2 === turn).slice(-FIT_WINDOW)
  )
  const [one, other] = turns.map((turn) => fitMonths(turn, 1))
  if (!one || !other) return { off: Number.POSITIVE_INFINITY, next: '' }
  return { off: one.off + other.off, next: one.next }
}

type Shift = 'none' | 'before' | 'after'
const SHIFTS: readonly Shift[] = ['none', 'after', 'before']
/** How far from the days that were seen the day of the rule may be. */
const DAY_OFFSETS = [0, 1, -1, 2, -2, 3, -3]

/** The same day of every month, moved to a bank day or not. Of all days and shifts that come near, those that are least off. */
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
    // A shift to a bank day mends no more than this.
    if (best.off === 0 || best.off > dates.length * 3) break
  }
  return { off: best.off, next: addDays(EPOCH, best.next) }
}

type Seen = { at: number; month: number }

/** By how many days a rule misses dates, in sum and squared, and the month of the last. Stops where it is worse than `most`. */
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

/** The month whose day by a rule is nearest to a date, and by how many days it is missed. */
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
/** The day of a month by a rule, remembered: the same few are asked for again and again. */
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
