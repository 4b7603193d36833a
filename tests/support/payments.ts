/** Generated payments to one payee, and what the detector finds in them. */
import { addDays, addMonths } from '@/lib/domain/periods'
import { findSeries, type Payment } from '@/lib/domain/reports/recurring-series'

const ON = '2026-11-28'

/** Payments on a day of each of the last months, oldest first; one amount for all or each its own. */
export const monthly = (day: number, minors: number[]): Payment[] =>
  minors.map((minor, n) => ({
    date: `${addMonths('2026-11', n + 1 - minors.length)}-${String(day).padStart(2, '0')}`,
    minor: BigInt(minor)
  }))
/** Payments every few days, oldest first; the last is on November 20. */
export const everyDays = (days: number, minors: number[]): Payment[] =>
  minors.map((minor, n) => ({
    date: addDays('2026-11-20', (n + 1 - minors.length) * days),
    minor: BigInt(minor)
  }))
export const on = (date: string, minor: number): Payment => ({ date, minor: BigInt(minor) })
export const times = (count: number, minor: number): number[] =>
  Array.from({ length: count }, () => minor)

/** The detected payment: cadence, kind of amounts, number of payments and the next date. */
export function found(payments: Payment[], category: string | null, today = ON): string[] {
  const sorted = payments.toSorted((a, b) => a.date.localeCompare(b.date))
  return findSeries(sorted, category, today).map(
    (one) => `${one.schedule.cadence} ${one.amounts} ${one.payments.length}, next ${one.next}`
  )
}

export const BILL = 'RENT_AND_UTILITIES'
export const MEDIA = 'ENTERTAINMENT'
export const SHOP = 'GENERAL_MERCHANDISE'
