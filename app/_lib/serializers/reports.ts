/** Response DTOs of reports, each sum with the link to its rows. */

import type { AssetResponse } from '@/lib/api/assets'
import type {
  CashFlowResponse,
  DuePaymentResponse,
  HoldingResponse,
  NetWorthHistoryResponse,
  NetWorthResponse,
  RecurringPaymentResponse,
  SpendingResponse,
  SumResponse
} from '@/lib/api/reports'
import type { MoneyResponse } from '@/lib/api/responses'
import type { CalendarDate } from '@/lib/domain/dates'
import type { Period } from '@/lib/domain/periods'
import type { DuePayment } from '@/lib/domain/reports/due-payments'
import type { NetWorth } from '@/lib/domain/reports/net-worth'
import type { NetWorthHistory } from '@/lib/domain/reports/net-worth-history'
import { isDebt, type OwnAsset } from '@/lib/domain/reports/own-assets'
import { monthlyAmount, type RecurringPayment } from '@/lib/domain/reports/recurring'
import {
  type CashFlow,
  cashFlowFilter,
  type MerchantSpending,
  type Spending,
  spendingFilter
} from '@/lib/domain/reports/spending'
import { categoryName } from '@/lib/domain/transactions/category-labels'
import {
  type TransactionFilter,
  transactionsHref
} from '@/lib/domain/transactions/transaction-filter'

const serializeMinor = (minor: bigint, currency: string): MoneyResponse => ({
  minor: minor.toString(),
  currency
})
const serializeSum = (minor: bigint, currency: string, filter: TransactionFilter): SumResponse => ({
  ...serializeMinor(minor, currency),
  rows: transactionsHref(filter)
})

export function serializeNetWorth({
  currencies,
  asOf,
  stale,
  leftOut
}: NetWorth): NetWorthResponse {
  const serializeHolding = ({
    minor,
    currency,
    ...one
  }: NetWorth['stale'][number]): HoldingResponse => ({
    accountId: one.accountId,
    assetId: one.assetId,
    valuedOn: one.valuedOn,
    name: one.name,
    institutionName: one.institutionName,
    value: serializeMinor(minor, currency),
    balancesAt: one.balancesAt,
    stale: one.stale
  })
  return {
    currencies: currencies.map(({ currency, net, assets, debts, groups, asOf: oldest }) => ({
      currency,
      net: serializeMinor(net, currency),
      assets: serializeMinor(assets, currency),
      debts: serializeMinor(debts, currency),
      groups: groups.map(({ type, minor, holdings }) => ({
        type,
        value: serializeMinor(minor, currency),
        holdings: holdings.map(serializeHolding)
      })),
      asOf: oldest
    })),
    asOf,
    stale: stale.map(serializeHolding),
    leftOut
  }
}

export const serializeNetWorthHistory = (
  lines: readonly NetWorthHistory[]
): NetWorthHistoryResponse => ({
  currencies: lines.map(({ currency, points }) => ({
    currency,
    points: points.map(({ on, minor, estimated }) => ({
      on,
      value: serializeMinor(minor, currency),
      estimated
    }))
  }))
})

/** Today's value, or the first one when all are in the future. */
export function serializeAsset(
  { id, name, kind, currency, values }: OwnAsset,
  today: CalendarDate
): AssetResponse {
  const all = values.map(({ on, minor }) => ({ on, value: serializeMinor(minor, currency) }))
  const current = all.find(({ on }) => on <= today) ?? all.at(-1)
  return {
    id,
    name,
    kind,
    owed: isDebt(kind),
    value: current?.value ?? serializeMinor(0n, currency),
    valuedOn: current?.on ?? today,
    values: all
  }
}

export const serializeCashFlow = (flows: readonly CashFlow[]): CashFlowResponse => ({
  currencies: flows.map(({ currency, months }) => ({
    currency,
    months: months.map(({ month, in: incoming, out, net }) => ({
      month,
      in: serializeSum(incoming, currency, cashFlowFilter('income', currency, month)),
      out: serializeSum(out, currency, cashFlowFilter('spending', currency, month)),
      net: serializeMinor(net, currency)
    }))
  }))
})

type Periods = { current: Period; previous: Period }

/** `merchants` has those of every currency. */
export const serializeSpending = (
  spending: readonly Spending[],
  merchants: readonly MerchantSpending[],
  { current, previous }: Periods
): SpendingResponse => ({
  current,
  previous,
  currencies: spending.map(({ currency, total, previous: previousTotal, categories }) => ({
    currency,
    total: serializeSum(total, currency, spendingFilter(currency, current)),
    previous: serializeSum(previousTotal, currency, spendingFilter(currency, previous)),
    categories: categories.map(({ category, spent, previous: previousSpent, count }) => ({
      category,
      name: categoryName(category),
      spent: serializeSum(spent, currency, spendingFilter(currency, current, { category })),
      previous: serializeSum(
        previousSpent,
        currency,
        spendingFilter(currency, previous, { category })
      ),
      count
    })),
    merchants: merchants
      .filter((one) => one.currency === currency)
      .map(({ merchant, name, spent, count }) => ({
        merchant,
        name,
        spent: serializeSum(spent, currency, spendingFilter(currency, current, { merchant })),
        count
      }))
  }))
})

export const serializeRecurring = (one: RecurringPayment): RecurringPaymentResponse => ({
  merchant: one.words,
  name: one.name,
  category: one.category,
  cadence: one.cadence,
  amount: serializeSum(one.minor, one.currency, {
    ...(one.merchant === null ? { q: one.words } : { merchant: one.merchant }),
    currency: one.currency,
    flow: one.minor < 0n ? 'out' : 'in'
  }),
  perMonth: serializeMinor(monthlyAmount(one), one.currency),
  fixed: one.fixed,
  lastOn: one.lastOn,
  nextOn: one.nextOn
})

export const serializeDuePayment = ({ amount, ...payment }: DuePayment): DuePaymentResponse => ({
  ...payment,
  amount: serializeMinor(amount.minor, amount.currency)
})
