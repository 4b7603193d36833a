import type { CalendarDate } from '@/lib/domain/dates'
import type { Money } from '@/lib/domain/money/money'

/** An account at a linked bank. Type and subtype are Plaid's words, kept as text because the list grows. */
export type LinkedAccount = {
  id: string
  connectionId: string
  /** What the person calls it, else what the bank does. */
  name: string
  bankName: string
  /** In no list and no sum. */
  hidden: boolean
  officialName: string | null
  mask: string | null
  type: string
  subtype: string | null
  /** What the bank says; positive is owed on credit and loan accounts, held on all others. */
  current: Money | null
  available: Money | null
  limit: Money | null
  balancesAt: string | null
}

/** What the bank says, else what follows from what may be spent: the whole of a deposit, or what is left of a card's limit. */
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

/** What an account is worth to its owner: debts count below zero, an overpaid card above it. */
export function netValue(account: Pick<LinkedAccount, 'type' | 'current'>): Money | null {
  if (!account.current) return null
  const owed = account.type === 'credit' || account.type === 'loan'
  return owed ? { ...account.current, minor: -account.current.minor } : account.current
}

/** One movement of money. Positive is money in. */
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
