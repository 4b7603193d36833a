/** Recurring payments that Plaid reports, beside those that we detect. */
import type { CalendarDate } from '@/lib/domain/dates'
import { daysBetween } from '@/lib/domain/periods'
import { bySoonest, type RecurringPayment } from '@/lib/domain/reports/recurring'
import { type Cadence, SCHEDULES } from '@/lib/domain/reports/recurring-dates'
import { SHOPPING_CATEGORIES } from '@/lib/domain/reports/recurring-series'
import { payeeKey } from '@/lib/domain/transactions/payee-key'

/** An active stream of `/transactions/recurring/get` (contracts: Plaid). */
export type SyncedStream = {
  plaidAccountId: string
  plaidStreamId: string
  cadence: Cadence
  nextOn: CalendarDate
  /** Whether all payments have one amount. */
  fixed: boolean
  /** The oldest and the newest transaction, in no known order. */
  plaidTransactionIds: string[]
}

/** A stream with the facts of its newest transaction, as the user sees it. */
export type ReportedPayment = Omit<RecurringPayment, 'merchant' | 'words'> & { merchant: string }

/**
 * Adds what only Plaid found. A payment that both found is listed as we detected it. Regular
 * shopping is no recurring payment, unless its price is constant.
 */
export function addReported(
  detected: readonly RecurringPayment[],
  reported: readonly ReportedPayment[],
  on: CalendarDate
): RecurringPayment[] {
  const key = (one: Pick<RecurringPayment, 'words' | 'currency' | 'minor'>) =>
    JSON.stringify([one.words, one.currency, Math.sign(Number(one.minor))])
  const known = new Set(detected.map(key))
  const added = reported
    .map((one) => ({ ...one, words: payeeKey(one.merchant) }))
    .filter(
      (one) =>
        !known.has(key(one)) &&
        !isOverdue(one, on) &&
        (one.fixed || (one.category !== null && !SHOPPING_CATEGORIES.has(one.category)))
    )
  return [...detected, ...added].toSorted(bySoonest)
}

const isOverdue = ({ cadence, nextOn }: ReportedPayment, on: CalendarDate): boolean =>
  daysBetween(nextOn, on) >
  (SCHEDULES.find((schedule) => schedule.cadence === cadence)?.graceDays ?? 0)
