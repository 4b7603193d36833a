/** Sums as they cross to the browser, each with the address of its rows. */
import type { WireMoney } from '@/lib/api/responses'
import type { WireAsset } from '@/lib/api/assets'
import type {
  WireCashFlow,
  WireHistory,
  WireHolding,
  WireNetWorth,
  WireRecurring,
  WireSpending,
  WireSum
} from '@/lib/api/reports'
import { categoryName } from '@/lib/domain/transactions/categories'
import type { CalendarDate } from '@/lib/domain/dates'
import type { NetWorth } from '@/lib/domain/reports/net-worth'
import type { NetWorthHistory } from '@/lib/domain/reports/net-worth-history'
import { isOwed, type OwnAsset } from '@/lib/domain/reports/own-assets'
import type { Period } from '@/lib/domain/periods'
import { perMonth, type Recurring } from '@/lib/domain/reports/recurring'
import {
  type CashFlow,
  flowRows,
  type Merchant,
  type Spending,
  spendingRows
} from '@/lib/domain/reports/spending'
import { listHref, type TransactionFilter } from '@/lib/domain/transactions/transaction-filter'

const money = (minor: bigint, currency: string): WireMoney => ({
  minor: minor.toString(),
  currency
})
const sum = (minor: bigint, currency: string, filter: TransactionFilter): WireSum => ({
  ...money(minor, currency),
  rows: listHref(filter)
})

export function toWireNetWorth({ currencies, asOf, stale, leftOut }: NetWorth): WireNetWorth {
  const holding = ({ minor, currency, ...one }: NetWorth['stale'][number]): WireHolding => ({
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

export const toWireHistory = (lines: readonly NetWorthHistory[]): WireHistory => ({
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
): WireAsset {
  const all = values.map(({ on, minor }) => ({ on, value: money(minor, currency) }))
  const current = all.find(({ on }) => on <= today) ?? all.at(-1)
  return {
    id,
    name,
    kind,
    owed: isOwed(kind),
    value: current?.value ?? money(0n, currency),
    valuedOn: current?.on ?? today,
    values: all
  }
}

export const toWireCashFlow = (flows: readonly CashFlow[]): WireCashFlow => ({
  currencies: flows.map(({ currency, months }) => ({
    currency,
    months: months.map(({ month, in: incoming, out, net }) => ({
      month,
      in: sum(incoming, currency, flowRows('income', currency, month)),
      out: sum(out, currency, flowRows('spending', currency, month)),
      net: money(net, currency)
    }))
  }))
})

type Periods = { current: Period; previous: Period }

/** `merchants` holds those of every currency. */
export const toWireSpending = (
  spending: readonly Spending[],
  merchants: readonly Merchant[],
  { current, previous }: Periods
): WireSpending => ({
  current,
  previous,
  currencies: spending.map(({ currency, total, previous: before, categories }) => ({
    currency,
    total: sum(total, currency, spendingRows(currency, current)),
    previous: sum(before, currency, spendingRows(currency, previous)),
    categories: categories.map(({ category, spent, previous: beforeInIt, count }) => ({
      category,
      name: categoryName(category),
      spent: sum(spent, currency, spendingRows(currency, current, { category })),
      previous: sum(beforeInIt, currency, spendingRows(currency, previous, { category })),
      count
    })),
    merchants: merchants
      .filter((one) => one.currency === currency)
      .map(({ merchant, name, spent, count }) => ({
        merchant,
        name,
        spent: sum(spent, currency, spendingRows(currency, current, { merchant })),
        count
      }))
  }))
})

export const toWireRecurring = (one: Recurring): WireRecurring => ({
  merchant: one.words,
  name: one.name,
  category: one.category,
  cadence: one.cadence,
  amount: sum(one.minor, one.currency, {
    ...(one.merchant === null ? { q: one.words } : { merchant: one.merchant }),
    currency: one.currency,
    flow: one.minor < 0n ? 'out' : 'in'
  }),
  perMonth: money(perMonth(one), one.currency),
  fixed: one.fixed,
  lastOn: one.lastOn,
  nextOn: one.nextOn
})
