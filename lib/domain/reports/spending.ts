/** Sums of rows, put in the order in which people read them. Spending is money out less what was refunded. */

import type { CalendarMonth, Period } from '@/lib/domain/periods'
import { addDays, addMonths } from '@/lib/domain/periods'
import { type TransactionKind, UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'

/** The sum of the settled rows of one month, kind and currency; money in is positive. */
export type FlowSum = {
  month: CalendarMonth
  currency: string
  kind: TransactionKind
  minor: bigint
}
export type MonthlyCashFlow = { month: CalendarMonth; in: bigint; out: bigint; net: bigint }
export type CashFlow = { currency: string; months: MonthlyCashFlow[] }

/** What came in and went out in each month, quiet months included. Currencies stand in the order of the first sum. */
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

/** The sum of the settled spending rows of one category; `previous` is that of the period before. */
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

/** Spending by category, the largest first; the total is the sum of what is listed, always. */
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
      .toSorted((a, b) =>
        a.spent === b.spent ? a.category.localeCompare(b.category) : a.spent > b.spent ? -1 : 1
      )
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

/** What is not settled may still change or go away, so no sum counts it. */
const SETTLED = { pending: 'no' } as const

/** The rows behind a month's money in or out. */
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

/** The rows behind what was spent in a period: all of it, in a category, or at a merchant. */
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
