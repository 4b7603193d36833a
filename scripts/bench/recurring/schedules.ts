import { type Day, dayOfMonth, type Random, toDate, workday } from '@/scripts/bench/random'

export type Paid = { date: string; minor: number; name: string; category: string | null }
export type Truth = { cadence: string; minor: number; name: string; nextOn: string }

export type Draft = { paid: (Omit<Paid, 'date'> & { day: Day })[]; truth: Truth[] }
/** The dates of a schedule in order, from the past to after today. */
export type Schedule = (random: Random, today: Day) => Day[]

const NAMES = [
  'Riverbend',
  'Streamwell',
  'Elm Court',
  'Northlight',
  'Harborview',
  'Quillpay',
  'Fernway',
  'Coppergate',
  'Bluefin',
  'Oakline',
  'Moss & Co',
  'Tandem'
]
const LINES = [
  'Media',
  'Insurance',
  'Fitness',
  'Telecom',
  'Holdings',
  'Services',
  'Energy',
  'Payroll',
  'Market',
  'Store'
]
export const nameOf = ({ pick }: Random) => `${pick(NAMES)} ${pick(LINES)}`
export const BILLS = [
  'RENT_AND_UTILITIES',
  'GENERAL_SERVICES',
  'ENTERTAINMENT',
  'LOAN_PAYMENTS',
  null
]
export const cents = ({ int, pick }: Random, from: number, to: number) =>
  int(from, to) * 100 + pick([0, 0, 50, 95, 99, 99, int(1, 98)])

export const everyDays =
  (days: number, shift: 1 | -1 | 0 = 0): Schedule =>
  ({ int }, today) => {
    const start = today - int(0, days - 1) - days * 80
    const move = (day: Day) => (shift === 0 ? day : workday(day, shift))
    // A payday on a weekday moves only for holidays.
    const first = shift === 0 ? start : workday(start, 1)
    return Array.from({ length: 90 }, (_, n) => move(first + n * days))
  }

export const monthlyOn = (
  months: number,
  day: number,
  shift: 1 | -1 | 0,
  late: (random: Random) => number = () => 0
): Schedule => {
  return (source, today) => {
    const offset = source.int(0, months - 1)
    return Array.from({ length: Math.floor(72 / months) }, (_, n) => {
      const nominal = dayOfMonth(today, offset - 48 + n * months, day)
      return (shift === 0 ? nominal : workday(nominal, shift)) + late(source)
    })
  }
}

export const twiceMonthly =
  (one: number, other: number, shift: 1 | -1): Schedule =>
  (_, today) =>
    Array.from({ length: 48 }, (_, n) =>
      workday(dayOfMonth(today, Math.floor(n / 2) - 20, n % 2 === 0 ? one : other), shift)
    )

type Terms = {
  cadence: string
  schedule: Schedule
  amount: (random: Random, n: number) => number
  /** Minimum and maximum number of payments. */
  count: [number, number]
  name: string
  /** The bank's description of each payment, if it differs from the name. */
  written?: (random: Random, n: number) => string
  category: string | null
  /** One payment in so many is missing. */
  skips?: number
}

/** The newest payments of a schedule up to today, and the next due one. */
export function series(
  source: Random,
  today: Day,
  { cadence, schedule, amount, count, name, written, category, skips }: Terms
): Draft {
  const days = schedule(source, today)
  const paidDays = days.filter((day) => day <= today && day > today - 400)
  const next = days.find((day) => day > today)
  const kept = paidDays
    .slice(-source.int(...count))
    .filter((_, n, { length }) => !skips || n % skips !== skips - 1 || n > length - 4)
  const paid = kept.map((day, n) => ({
    day,
    minor: amount(source, n - kept.length),
    name: written?.(source, n) ?? name,
    category
  }))
  if (paid.length === 0 || next === undefined) return { paid, truth: [] }
  return { paid, truth: [{ cadence, minor: paid.at(-1)?.minor ?? 0, name, nextOn: toDate(next) }] }
}

export const fixed = (minor: number) => () => minor
/** An amount that was raised `ago` payments before the last one. */
export const raised = (before: number, now: number, ago: number) => (_: Random, n: number) =>
  n < -ago ? before : now
export const around = (middle: number, spread: number) => (source: Random) =>
  Math.round(middle * (1 + (source.next() * 2 - 1) * spread))
export const both = (...drafts: Draft[]): Draft => ({
  paid: drafts.flatMap(({ paid }) => paid),
  truth: drafts.flatMap(({ truth }) => truth)
})

/** Irregular purchases: none of them recurs. */
export function purchases(
  source: Random,
  today: Day,
  terms: {
    name: string
    category: string | null
    count: number
    amount: (random: Random, n: number) => number
  }
): Draft {
  const { name, category, count, amount } = terms
  return {
    paid: Array.from({ length: count }, (_, n) => ({
      day: today - source.int(0, 390),
      minor: amount(source, n),
      name,
      category
    })),
    truth: []
  }
}

export const reference = ({ int, pick, next }: Random, day: number): string =>
  pick([
    () => `${int(100_000, 9_999_999)}`,
    () => `REF ${int(1_000, 99_999)}`,
    () => `#${int(100, 99_999)}`,
    () => `ID:${next().toString(36).slice(2, 5).toUpperCase()}${int(1_000, 9_999)}`,
    () => `${String((day % 12) + 1).padStart(2, '0')}/${int(10, 28)}`
  ])()

export type Maker = (source: Random, today: Day) => Draft
export const day = ({ int }: Random) => int(1, 28)

/**
 * Two yearly payments fit into 400 days only if the last one was recent, so its anniversary lies
 * ahead.
 */
export const yearly =
  (outer: Random): Schedule =>
  (_, today) => {
    const last = today - outer.int(0, 30)
    const anniversary = Number(toDate(last).slice(8))
    return [-24, -12, 0, 12].map((by) => dayOfMonth(last, by, anniversary))
  }
