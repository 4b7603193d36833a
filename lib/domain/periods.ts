/**
 * Months and periods of calendar dates. All arithmetic is on `YYYY-MM-DD` strings in UTC, so no
 * time zone can shift a day.
 */

import type { CalendarDate } from '@/lib/domain/dates'
import { dateTimeFormat, keeper } from '@/lib/domain/intl'

/** `YYYY-MM`. */
export type CalendarMonth = string
/** Both days inclusive. */
export type Period = { from: CalendarDate; to: CalendarDate }

const DAY = 86_400_000
const toText = (milliseconds: number): CalendarDate =>
  new Date(milliseconds).toISOString().slice(0, 10)
const toTime = (date: CalendarDate): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)))

export const addDays = (date: CalendarDate, days: number): CalendarDate =>
  toText(toTime(date) + days * DAY)
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  Math.round((toTime(to) - toTime(from)) / DAY)
export const monthOf = (date: CalendarDate): CalendarMonth => date.slice(0, 7)

export function addMonths(month: CalendarMonth, months: number): CalendarMonth {
  return toText(
    Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + months, 1)
  ).slice(0, 7)
}

const daysInMonth = (month: CalendarMonth): number =>
  daysBetween(`${month}-01`, `${addMonths(month, 1)}-01`)

/** The same day in another month, or that month's last day if it is shorter. */
export const dayInMonth = (month: CalendarMonth, day: number): CalendarDate =>
  `${month}-${String(Math.min(day, daysInMonth(month))).padStart(2, '0')}`

/** The `count` months ending with `last`, oldest first. */
export const monthsUntil = (last: CalendarMonth, count: number): CalendarMonth[] =>
  Array.from({ length: count }, (_, n) => addMonths(last, n + 1 - count))

export const isMonth = (text: string): boolean => /^[12]\d{3}-(0[1-9]|1[0-2])$/.test(text)

/**
 * A month up to today and the period to compare it with: as many days of the previous month, or
 * all of it for a full month.
 */
export function monthPeriods(
  month: CalendarMonth,
  today: CalendarDate
): { current: Period; previous: Period } {
  const before = addMonths(month, -1)
  const unfinished = monthOf(today) === month
  const last = unfinished ? Number(today.slice(8, 10)) : 31
  return {
    current: { from: `${month}-01`, to: dayInMonth(month, last) },
    previous: { from: `${before}-01`, to: dayInMonth(before, last) }
  }
}

/** The period of equal length right before. */
export function previousPeriod({ from, to }: Period): Period {
  return { from: addDays(from, -daysBetween(from, to) - 1), to: addDays(from, -1) }
}

export type MonthStyle = 'long' | 'short' | 'narrow'

/** A month for display: "November 2026", "Nov" or "N". */
export function formatMonth(
  month: CalendarMonth,
  look: MonthStyle = 'long',
  locale = 'en-US'
): string {
  return monthText(locale, [month, look])
}

/** Pages show few months and periods, but each of them many times. */
const monthText = keeper((locale, [month, look]: [CalendarMonth, MonthStyle]) => {
  const options: Intl.DateTimeFormatOptions =
    look === 'long' ? { month: 'long', year: 'numeric' } : { month: look }
  return dateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(toTime(`${month}-01`))
})

/** A period for display: "Nov 1 – 21". */
export const formatPeriod = ({ from, to }: Period, locale = 'en-US'): string =>
  periodText(locale, [from, to])

const periodText = keeper((locale, [from, to]: [CalendarDate, CalendarDate]) =>
  dateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC'
  }).formatRange(toTime(from), toTime(to))
)
