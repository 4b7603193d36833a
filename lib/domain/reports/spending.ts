/** Sums for the spending and cash flow reports. Spending is money out minus refunds. */

import type { CalendarMonth, Period } from '@/lib/domain/periods'
import { addDays, addMonths } from '@/lib/domain/periods'
import { type TransactionKind, UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'

/** Settled rows of one month, kind and currency; positive is money in. */
export type FlowSum = {
  month: CalendarMonth
  currency: string
  kind: TransactionKind
  minor: bigint
}
export type MonthlyCashFlow = { month: CalendarMonth; in: bigint; out: bigint; net: bigint }
export type CashFlow = { currency: string; months: MonthlyCashFlow[] }

/**
 * Money in and out per month, months without rows included. Currencies keep the order of the sums.
 */
export function cashFlow(sums: readonly FlowSum[], months: readonly CalendarMonth[]): CashFlow[] {
  return [...new Set(sums.map(({ currency }) => currency))].map((currency) => {
    const of = (month: CalendarMonth, kind: TransactionKind) =>
      sums
        .filter((sum) => sum.currency === currency && sum.month === month && sum.kind === kind)
        .reduce((total, { minor }) => total + minor, 0n)
    return {
      currency,
      months: months.map((month) => {
        const [income, spending] = [of(month, 'income'), of(month, 'spending')]
        return { month, in: income, out: -spending, net: income + spending }
      })
    }
  })
}

/** Settled spending of one category; `previous` is the previous period. */
export type CategorySum = {
  currency: string
  category: string | null
  minor: bigint
  previous: bigint
  count: number
}
export type CategorySpending = { category: string; spent: bigint; previous: bigint; count: number }
export type Spending = {
  currency: string
  total: bigint
  previous: bigint
  categories: CategorySpending[]
}

/**
 * Spending by category, largest first. The total always equals the sum of the listed categories.
 */
export function spendingByCategory(sums: readonly CategorySum[]): Spending[] {
  return [...new Set(sums.map(({ currency }) => currency))].map((currency) => {
    const categories = sums
      .filter((sum) => sum.currency === currency)
      .map(({ category, minor, previous, count }) => ({
        category: category ?? UNCATEGORIZED,
        spent: -minor,
        previous: -previous,
        count
      }))
      .toSorted((a, b) => Number(b.spent - a.spent) || a.category.localeCompare(b.category))
    const sum = (pick: 'spent' | 'previous') =>
      categories.reduce((total, one) => total + one[pick], 0n)
    return { currency, total: sum('spent'), previous: sum('previous'), categories }
  })
}

export type MerchantSpending = {
  merchant: string
  name: string
  currency: string
  spent: bigint
  count: number
}

/** Pending rows may change or disappear, so sums exclude them. */
const SETTLED = { pending: 'no' } as const

/** The filter for the rows behind a month's money in or out. */
export const cashFlowFilter = (
  kind: 'income' | 'spending',
  currency: string,
  month: CalendarMonth
): TransactionFilter => ({
  kind,
  currency,
  from: `${month}-01`,
  to: addDays(`${addMonths(month, 1)}-01`, -1),
  ...SETTLED
})

/** The filter for the rows behind a period's spending, optionally of a category or merchant. */
export const spendingFilter = (
  currency: string,
  { from, to }: Period,
  more: Pick<TransactionFilter, 'category' | 'merchant'> = {}
): TransactionFilter => ({
  kind: 'spending',
  currency,
  from,
  to,
  ...SETTLED,
  ...more
})
