/** Sums as they cross to the browser, each with the address of its rows. */
import type { MoneyResponse } from '@/lib/api/responses'
import type { AssetResponse } from '@/lib/api/assets'
import type {
  CashFlowResponse,
  NetWorthHistoryResponse,
  HoldingResponse,
  NetWorthResponse,
  RecurringPaymentResponse,
  SpendingResponse,
  SumResponse
} from '@/lib/api/reports'
import { categoryName } from '@/lib/domain/transactions/categories'
import type { CalendarDate } from '@/lib/domain/dates'
import type { NetWorth } from '@/lib/domain/reports/net-worth'
import type { NetWorthHistory } from '@/lib/domain/reports/net-worth-history'
import { isDebt, type OwnAsset } from '@/lib/domain/reports/own-assets'
import type { Period } from '@/lib/domain/periods'
import { monthlyAmount, type RecurringPayment } from '@/lib/domain/reports/recurring'
import {
  type CashFlow,
  cashFlowFilter,
  type MerchantSpending,
  type Spending,
  spendingFilter
} from '@/lib/domain/reports/spending'
import { transactionsHref, type TransactionFilter } from '@/lib/domain/transactions/transaction-filter'

const money = (minor: bigint, currency: string): MoneyResponse => ({
  minor: minor.toString(),
  currency
})
const sum = (minor: bigint, currency: string, filter: TransactionFilter): SumResponse => ({
  ...money(minor, currency),
  rows: transactionsHref(filter)
})

export function toWireNetWorth({ currencies, asOf, stale, leftOut }: NetWorth): NetWorthResponse {
  const holding = ({ minor, currency, ...one }: NetWorth['stale'][number]): HoldingResponse => ({
    accountId: one.accountId,
    assetId: one.assetId,
    valuedOn: one.valuedOn,
    name: one.name,
    institutionName: one.institutionName,
    value: money(minor, currency),
    balancesAt: one.balancesAt,
    stale: one.stale
  })
  return {
    currencies: currencies.map(({ currency, net, assets, debts, groups, asOf: oldest }) => ({
      currency,
      net: money(net, currency),
      assets: money(assets, currency),
      debts: money(debts, currency),
      groups: groups.map(({ type, minor, holdings }) => ({
        type,
        value: money(minor, currency),
        holdings: holdings.map(holding)
      })),
      asOf: oldest
    })),
    asOf,
    stale: stale.map(holding),
    leftOut
  }
}

export const toWireHistory = (lines: readonly NetWorthHistory[]): NetWorthHistoryResponse => ({
  currencies: lines.map(({ currency, points }) => ({
    currency,
    points: points.map(({ on, minor, estimated }) => ({
      on,
      value: money(minor, currency),
      estimated
    }))
  }))
})

/** Its value is today's, or its first where all are still to come. */
export function toWireAsset(
  { id, name, kind, currency, values }: OwnAsset,
  today: CalendarDate
): AssetResponse {
  const all = values.map(({ on, minor }) => ({ on, value: money(minor, currency) }))
  const current = all.find(({ on }) => on <= today) ?? all.at(-1)
  return {
    id,
    name,
    kind,
    owed: isDebt(kind),
    value: current?.value ?? money(0n, currency),
    valuedOn: current?.on ?? today,
    values: all
  }
}

export const toWireCashFlow = (flows: readonly CashFlow[]): CashFlowResponse => ({
  currencies: flows.map(({ currency, months }) => ({
    currency,
    months: months.map(({ month, in: incoming, out, net }) => ({
      month,
      in: sum(incoming, currency, cashFlowFilter('income', currency, month)),
      out: sum(out, currency, cashFlowFilter('spending', currency, month)),
      net: money(net, currency)
    }))
  }))
})

type Periods = { current: Period; previous: Period }

/** `merchants` holds those of every currency. */
export const toWireSpending = (
  spending: readonly Spending[],
  merchants: readonly MerchantSpending[],
  { current, previous }: Periods
): SpendingResponse => ({
  current,
  previous,
  currencies: spending.map(({ currency, total, previous: before, categories }) => ({
    currency,
    total: sum(total, currency, spendingFilter(currency, current)),
    previous: sum(before, currency, spendingFilter(currency, previous)),
    categories: categories.map(({ category, spent, previous: beforeInIt, count }) => ({
      category,
      name: categoryName(category),
      spent: sum(spent, currency, spendingFilter(currency, current, { category })),
      previous: sum(beforeInIt, currency, spendingFilter(currency, previous, { category })),
      count
    })),
    merchants: merchants
      .filter((one) => one.currency === currency)
      .map(({ merchant, name, spent, count }) => ({
        merchant,
        name,
        spent: sum(spent, currency, spendingFilter(currency, current, { merchant })),
        count
      }))
  }))
})

export const toWireRecurring = (one: RecurringPayment): RecurringPaymentResponse => ({
  merchant: one.words,
  name: one.name,
  category: one.category,
  cadence: one.cadence,
  amount: sum(one.minor, one.currency, {
    ...(one.merchant === null ? { q: one.words } : { merchant: one.merchant }),
    currency: one.currency,
    flow: one.minor < 0n ? 'out' : 'in'
  }),
  perMonth: money(monthlyAmount(one), one.currency),
  fixed: one.fixed,
  lastOn: one.lastOn,
  nextOn: one.nextOn
})
