/** Payments that a card or loan asks for, beside the recurring payments found in the history. */
import type { LinkedAccount } from '@/lib/domain/connections/linked-account'
import type { CalendarDate } from '@/lib/domain/dates'
import type { Money } from '@/lib/domain/money/money'
import { daysBetween } from '@/lib/domain/periods'

export type DuePayment = {
  accountId: string
  name: string
  institutionName: string
  /** The minimum payment, positive. */
  amount: Money
  dueOn: CalendarDate
  overdue: boolean
}

type Account = Pick<LinkedAccount, 'id' | 'name' | 'liability'> & { institutionName: string }

/**
 * Minimum payments by date, the earliest first. One whose date has passed is listed only if the
 * institution calls it overdue: otherwise it was paid, and the next statement is not out yet.
 */
export const listDuePayments = (accounts: readonly Account[], today: CalendarDate): DuePayment[] =>
  accounts
    .flatMap(({ id, name, institutionName, liability }) => {
      if (!liability?.dueOn || !liability.minimum || liability.minimum.minor <= 0n) return []
      const overdue = liability.overdue === true
      if (liability.dueOn < today && !overdue) return []
      const { minimum: amount, dueOn } = liability
      return [{ accountId: id, name, institutionName, amount, dueOn, overdue }]
    })
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn) || a.accountId.localeCompare(b.accountId))

/** How far the expected date of a recurring payment may be from the date of the institution. */
const SAME_PAYMENT_DAYS = 7

type Recurring = { category: string | null; minor: bigint; currency: string; nextOn: CalendarDate }

/** Without the loan payments of the history that the institution itself announces. */
export const withoutDuePayments = <R extends Recurring>(
  recurring: readonly R[],
  due: readonly DuePayment[]
): R[] =>
  recurring.filter(
    ({ category, minor, currency, nextOn }) =>
      category !== 'LOAN_PAYMENTS' ||
      !due.some(
        ({ amount, dueOn }) =>
          amount.currency === currency &&
          amount.minor === -minor &&
          Math.abs(daysBetween(dueOn, nextOn)) <= SAME_PAYMENT_DAYS
      )
  )
