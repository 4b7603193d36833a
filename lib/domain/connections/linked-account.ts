import type { Liability } from '@/lib/domain/connections/liability'
import type { CalendarDate } from '@/lib/domain/dates'
import type { Money } from '@/lib/domain/money/money'

/** An account at a linked bank. Type and subtype are kept as text because Plaid's list grows. */
export type LinkedAccount = {
  id: string
  connectionId: string
  /** The user's name for it, else the institution's. */
  name: string
  bankName: string
  /** Excluded from all lists and sums. */
  hidden: boolean
  officialName: string | null
  mask: string | null
  type: string
  subtype: string | null
  /**
   * As the institution reports it: positive means debt on credit and loan accounts, funds on all
   * others.
   */
  current: Money | null
  available: Money | null
  limit: Money | null
  balancesAt: string | null
  /** The terms of a card or loan, where the institution reports them. */
  liability: Liability | null
}

/**
 * The reported balance, else derived from the available amount: the amount itself for deposits,
 * limit minus available for cards.
 */
export function currentBalance({
  type,
  current,
  available,
  limit
}: Pick<LinkedAccount, 'type' | 'current' | 'available' | 'limit'>): Money | null {
  if (current || !available) return current
  if (type !== 'credit' && type !== 'loan') return available
  return limit && { minor: limit.minor - available.minor, currency: available.currency }
}

/** The account's share of net worth: debts are negative, an overpaid card is positive. */
export function netValue(account: Pick<LinkedAccount, 'type' | 'current'>): Money | null {
  if (!account.current) return null
  const owed = account.type === 'credit' || account.type === 'loan'
  return owed ? { ...account.current, minor: -account.current.minor } : account.current
}

/** One posting. Positive is money in. */
export type Transaction = {
  id: string
  connectionId: string
  accountId: string
  amount: Money
  date: CalendarDate
  authorizedOn: CalendarDate | null
  name: string
  merchantName: string | null
  categoryPrimary: string | null
  categoryDetailed: string | null
  paymentChannel: string | null
  pending: boolean
}
