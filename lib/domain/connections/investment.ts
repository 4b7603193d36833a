/** Holdings and transactions of investment accounts. */
import type { CalendarDate } from '@/lib/domain/dates'
import type { Money } from '@/lib/domain/money/money'

/** One security in one account, as the institution values it. Numbers of units are decimal text. */
export type SecurityHolding = {
  name: string
  ticker: string | null
  /** Plaid's type of security, such as "mutual fund". */
  type: string | null
  quantity: string
  price: string | null
  pricedOn: CalendarDate | null
  value: Money | null
  /** The purchase price of all units together. */
  cost: Money | null
  currency: string
}
export type SyncedHolding = SecurityHolding & { plaidAccountId: string; plaidSecurityId: string }

/** A posting of an investment account. */
export type InvestmentTransaction = {
  date: CalendarDate
  name: string
  /** Plaid's kind: buy, sell, cash, fee, transfer or cancel. */
  kind: string
  subtype: string | null
  /** Positive is cash that comes in, such as a deposit, a dividend or a sale. */
  amount: Money
  quantity: string | null
  price: string | null
  fees: Money | null
  ticker: string | null
}
export type SyncedInvestmentTransaction = InvestmentTransaction & {
  plaidAccountId: string
  plaidTransactionId: string
}

/**
 * The kinds that change what an account is worth: money that comes in or leaves. Buying and selling
 * exchange cash for units of the same worth.
 */
export const CASH_FLOW_KINDS = ['cash', 'fee'] as const

/** Value minus cost; null if the institution does not report both in one currency. */
export function gainOf({ value, cost }: Pick<SecurityHolding, 'value' | 'cost'>): Money | null {
  if (!value || !cost || value.currency !== cost.currency) return null
  return { minor: value.minor - cost.minor, currency: value.currency }
}
