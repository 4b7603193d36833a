/** Payments that come again, found in a person's own rows by a fixed rule: the same rows always give the same answer. */
import type { CalendarDate } from './dates'
import { addDays, addMonths, daysBetween, monthOf, sameDay } from './periods'

export const CADENCES = ['weekly', 'biweekly', 'monthly', 'quarterly', 'yearly'] as const
export type Cadence = (typeof CADENCES)[number]

/** All payments one way to or from one name in one currency, newest first. */
export type Series = { merchant: string; name: string; currency: string; category: string | null; payments: { date: CalendarDate; minor: bigint }[] }

export type Recurring = {
  merchant: string
  name: string
  currency: string
  category: string | null
  cadence: Cadence
  /** The newest amount; below zero is paid. */
  minor: bigint
  /** Whether every amount looked at was the same. */
  fixed: boolean
  lastOn: CalendarDate
  /** A few days past where it is late. */
  nextOn: CalendarDate
}

/** Days between two payments, and by how many they may be early or late (weekends, holidays, short months). */
const RHYTHMS: { cadence: Cadence; days: number; slack: number }[] = [
  { cadence: 'weekly', days: 7, slack: 1 },
  { cadence: 'biweekly', days: 14, slack: 2 },
  { cadence: 'monthly', days: 30.4, slack: 4.5 },
  { cadence: 'quarterly', days: 91.3, slack: 8 },
  { cadence: 'yearly', days: 365.25, slack: 12 }
]
/** How many of the newest gaps have to agree. */
const LOOKED_AT = 6
/** Three payments make a rhythm; a year is long, so two make a yearly one. */
const FEWEST = 3
/** How far an amount may be from the middle one, in hundredths: bills move with the seasons, shopping moves more. */
const SPREAD = 45n

/** The payment that recurs in a series, or null. `on` is today: what is overdue by more than its slack has stopped. */
export function findRecurring(series: Series, on: CalendarDate): Recurring | null {
  const payments = series.payments.slice(0, LOOKED_AT + 1)
  const [newest] = payments
  if (!newest) return null
  const gaps = payments.slice(1).map(({ date }, n) => daysBetween(date, payments[n]?.date ?? date))
  const rhythm = RHYTHMS.find(({ days, slack }) => gaps.length > 0 && gaps.every((gap) => Math.abs(gap - days) <= slack))
  if (!rhythm || payments.length < (rhythm.cadence === 'yearly' ? 2 : FEWEST) || !alike(payments.map(({ minor }) => minor))) return null
  const dueOn = dueAfter(newest.date, rhythm.cadence, payments)
  if (daysBetween(dueOn, on) > rhythm.slack + 3) return null
  const { merchant, name, currency, category } = series
  const fixed = payments.every(({ minor }) => minor === newest.minor)
  return { merchant, name, currency, category, cadence: rhythm.cadence, minor: newest.minor, fixed, lastOn: newest.date, nextOn: dueOn }
}

/** Whether the amounts are near their middle one. */
function alike(amounts: readonly bigint[]): boolean {
  const sizes = amounts.map((minor) => (minor < 0n ? -minor : minor)).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const middle = sizes[Math.floor(sizes.length / 2)] ?? 0n
  return sizes.every((size) => (size > middle ? size - middle : middle - size) * 100n <= middle * SPREAD)
}

const MONTHS: Partial<Record<Cadence, number>> = { monthly: 1, quarterly: 3, yearly: 12 }

/** By the calendar where it goes by months. The usual day is the middle one, so that one late booking does not move the next date. */
function dueAfter(last: CalendarDate, cadence: Cadence, payments: readonly { date: CalendarDate }[]): CalendarDate {
  const months = MONTHS[cadence]
  if (!months) return addDays(last, cadence === 'weekly' ? 7 : 14)
  const days = payments.map(({ date }) => Number(date.slice(8, 10))).toSorted((a, b) => a - b)
  const usual = days[Math.floor(days.length / 2)] ?? 1
  const lastDay = Number(last.slice(8, 10))
  // Around the turn of a month the middle says nothing: the 31st and the 1st are neighbours.
  return sameDay(addMonths(monthOf(last), months), Math.abs(usual - lastDay) > 6 ? lastDay : usual)
}

const PER_YEAR: Record<Cadence, bigint> = { weekly: 52n, biweekly: 26n, monthly: 12n, quarterly: 4n, yearly: 1n }

/** What it comes to in a month, rounded toward zero. */
export const perMonth = ({ minor, cadence }: Pick<Recurring, 'minor' | 'cadence'>): bigint => (minor * PER_YEAR[cadence]) / 12n
