/**
 * When an ACH transfer settles. Jiko's windows are in New York time and on Federal Reserve
 * business days.
 */
import type { CalendarDate } from '@/lib/domain/dates'

export type Direction = 'in' | 'out'

const NEW_YORK = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit'
})
/** Transfers before this hour (New York) are sent the same day. */
const SAME_DAY_CUTOFF_HOUR = 12
/** Smaller transfers settle the same day, others the next. */
const SAME_DAY_BELOW_MINOR = 2_500_000n
/** How many banking days the other bank has to return a debit. */
const RETURN_DAYS = 2

const DAY_MS = 86_400_000
const atNoon = (date: CalendarDate) => new Date(`${date}T12:00:00Z`)
const plusDays = (date: CalendarDate, days: number): CalendarDate =>
  new Date(atNoon(date).getTime() + days * DAY_MS).toISOString().slice(0, 10)

/** The `n`th weekday of a month (0 is Sunday), or the last if `n` is -1. */
function weekdayOf(year: number, month: number, weekday: number, n: number): CalendarDate {
  const first = new Date(Date.UTC(year, month - 1, 1))
  const offset = (weekday - first.getUTCDay() + 7) % 7
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const weeks = n === -1 ? Math.floor((length - 1 - offset) / 7) : n - 1
  const day = 1 + offset + weeks * 7
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Federal Reserve holidays. A Sunday holiday moves to Monday; a Saturday holiday is not moved. */
export function bankHolidays(year: number): CalendarDate[] {
  const fixed = ['01-01', '06-19', '07-04', '11-11', '12-25'].map((day) => `${year}-${day}`)
  const kept = fixed.map((date) => (atNoon(date).getUTCDay() === 0 ? plusDays(date, 1) : date))
  const floating: CalendarDate[] = [
    weekdayOf(year, 1, 1, 3),
    weekdayOf(year, 2, 1, 3),
    weekdayOf(year, 5, 1, -1),
    weekdayOf(year, 9, 1, 1),
    weekdayOf(year, 10, 1, 2),
    weekdayOf(year, 11, 4, 4)
  ]
  return [...kept, ...floating]
}

export function isBankDay(date: CalendarDate): boolean {
  const weekday = atNoon(date).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !bankHolidays(Number(date.slice(0, 4))).includes(date)
}

/**
 * The banking day `later` banking days after the date; with 0, the date itself or the next banking
 * day.
 */
function addBankDays(date: CalendarDate, later: number): CalendarDate {
  let day = date
  while (!isBankDay(day)) day = plusDays(day, 1)
  for (let left = later; left > 0; left--) {
    do day = plusDays(day, 1)
    while (!isBankDay(day))
  }
  return day
}

/** Date and hour in New York. */
function inNewYork(at: Date): { date: CalendarDate; hour: number } {
  const part = Object.fromEntries(
    NEW_YORK.formatToParts(at).map(({ type, value }) => [type, value])
  )
  return { date: `${part.year}-${part.month}-${part.day}`, hour: Number(part.hour) }
}

/**
 * The expected settlement day of a transfer confirmed at `at` (contracts: Jiko §4). A withdrawal
 * first sells Treasury bills.
 */
export function settlementDay(direction: Direction, amountMinor: bigint, at: Date): CalendarDate {
  const { date, hour } = inNewYork(at)
  const taken =
    isBankDay(date) && hour < SAME_DAY_CUTOFF_HOUR ? date : addBankDays(plusDays(date, 1), 0)
  const sent = direction === 'out' ? addBankDays(taken, 1) : taken
  const between = addBankDays(sent, amountMinor < SAME_DAY_BELOW_MINOR ? 0 : 1)
  return addBankDays(between, RETURN_DAYS)
}
