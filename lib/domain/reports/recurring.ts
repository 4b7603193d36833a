/** Detects recurring payments with fixed rules: the same rows always give the same result. */
import type { CalendarDate } from '@/lib/domain/dates'
import { addDays } from '@/lib/domain/periods'
import { type Cadence, SCHEDULES } from '@/lib/domain/reports/recurring-dates'
import { findSeries, type Payment, type PaymentSeries } from '@/lib/domain/reports/recurring-series'
import { payeeKey } from '@/lib/domain/transactions/payee-key'

/** All payments in one direction between the user and one merchant, in one currency. */
export type MerchantPayments = {
  merchant: string
  name: string
  currency: string
  category: string | null
  payments: readonly Payment[]
}

export type RecurringPayment = {
  /** The value for the transaction filter; null if the name varies between payments. */
  merchant: string | null
  /** The words that all names have in common. */
  words: string
  name: string
  currency: string
  category: string | null
  cadence: Cadence
  /** The newest amount; negative is money out. */
  minor: bigint
  /** Whether the next amount is known: constant, or constant since a price change. */
  fixed: boolean
  lastOn: CalendarDate
  /** A payment a few days after this date is late. */
  nextOn: CalendarDate
}

/** A payment more frequent than every other day is not a recurring payment. */
export const MAX_PAYMENTS = 200

/** Recurring payments, soonest first. `on` is today: an overdue series counts as ended. */
export function findRecurring(
  series: readonly MerchantPayments[],
  on: CalendarDate
): RecurringPayment[] {
  return groupByPayee(series)
    .filter(({ payments }) => payments.length <= MAX_PAYMENTS)
    .flatMap(({ shown, payments }) =>
      findSeries(payments, shown.category, on).map((chain) => toRecurring(shown, chain))
    )
    .toSorted(bySoonest)
}

export const bySoonest = (a: RecurringPayment, b: RecurringPayment): number =>
  a.nextOn.localeCompare(b.nextOn) ||
  a.words.localeCompare(b.words) ||
  a.currency.localeCompare(b.currency)

type PayeeInfo = Pick<RecurringPayment, 'merchant' | 'words' | 'name' | 'currency' | 'category'>

/** Groups names that differ only in a reference number. Money in and money out stay separate. */
function groupByPayee(
  series: readonly MerchantPayments[]
): { shown: PayeeInfo; payments: Payment[] }[] {
  const found = new Map<string, { shown: PayeeInfo; payments: Payment[] }>()
  for (const { merchant, name, currency, category, payments } of series) {
    const words = payeeKey(merchant)
    const key = JSON.stringify([currency, Math.sign(Number(payments[0]?.minor)), words])
    const known = found.get(key)
    if (known) {
      known.payments.push(...payments)
      if (known.shown.merchant !== merchant)
        Object.assign(known.shown, { merchant: null, name: nameFrom(words, known.shown.name) })
    } else
      found.set(key, {
        shown: { merchant, words, name, currency, category },
        payments: [...payments]
      })
  }
  for (const one of found.values()) one.payments.sort((a, b) => a.date.localeCompare(b.date))
  return [...found.values()]
}

/** The original spelling without its variable parts. */
const nameFrom = (words: string, name: string): string => {
  const kept = new Set(words.split(' '))
  return (
    name
      .split(/\s/)
      .filter((word) => kept.has(word.toLowerCase()))
      .join(' ') || name
  )
}

function toRecurring(
  shown: PayeeInfo,
  { payments, schedule, amounts, next }: PaymentSeries
): RecurringPayment {
  const [newest, before] = payments.toReversed()
  return {
    ...shown,
    cadence: schedule.cadence,
    minor: newest?.minor ?? 0n,
    fixed: amounts === 'exact' && newest?.minor === before?.minor,
    lastOn: newest?.date ?? next,
    nextOn: next
  }
}

/** The monthly equivalent, rounded toward zero. */
export const monthlyAmount = ({
  minor,
  cadence
}: Pick<RecurringPayment, 'minor' | 'cadence'>): bigint =>
  (minor * (SCHEDULES.find((schedule) => schedule.cadence === cadence)?.perYear ?? 0n)) / 12n

/** Long enough to contain two yearly payments. */
export const lookbackStart = (on: CalendarDate): CalendarDate => addDays(on, -400)
