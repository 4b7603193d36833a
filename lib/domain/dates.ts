/**
 * Calendar dates are `YYYY-MM-DD` strings end to end: a Date object can shift by a day between
 * time zones.
 */
import { dateTimeFormat } from '@/lib/domain/intl'

export type CalendarDate = string

/** Whether the numbers form a valid date. */
export function isRealDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

export const isCalendarDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  isRealDate(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)))

/** Full years between two dates, such as an age. */
export function yearsBetween(from: CalendarDate, to: CalendarDate): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return to.slice(5) < from.slice(5) ? years - 1 : years
}

/** Today's date in a time zone. */
export function today(timeZone: string, now = new Date()): CalendarDate {
  return dateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit'
  }).format(now)
}

/** Returns a function that maps instants to dates in a time zone. Reuses one formatter. */
export function dateFormatter(timeZone: string): (at: string) => CalendarDate {
  const format = dateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit'
  })
  return (at) => format.format(new Date(at))
}

/** A date for display, such as "Nov 21, 2026". */
export function formatDate(date: CalendarDate, locale = 'en-US'): string {
  return dateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'medium' }).format(
    new Date(`${date}T00:00:00Z`)
  )
}
