/** From when on a user is told about money at linked banks. */
import { addDays, type Period } from '@/lib/domain/periods'

/** A payment of this much is large, in US cents. */
export const LARGE_PAYMENT_MINOR = 100_000n
/** A payment that is older when it is first seen is no news. */
export const LARGE_PAYMENT_DAYS = 7
/** A checking account with less is running low, in US cents. */
export const LOW_BALANCE_MINOR = 10_000n
/** A payment of a card or loan is told this many days before it is due. */
export const BILL_DUE_DAYS = 3

const MONDAY = 1
const TUESDAY = 2
/** Morning in the United States. */
const SUMMARY_HOUR_UTC = 13

/** The week, Monday to Sunday, whose summary is due at `at`; null on all other days. */
export function summaryWeek(at: Date): Period | null {
  const day = at.getUTCDay()
  const isDue = day === TUESDAY || (day === MONDAY && at.getUTCHours() >= SUMMARY_HOUR_UTC)
  if (!isDue) return null
  const monday = addDays(at.toISOString().slice(0, 10), MONDAY - day)
  return { from: addDays(monday, -7), to: addDays(monday, -1) }
}
