import { getToday } from '@/app/_lib/formatting'
import { loadSpending } from '@/app/_lib/pages/load-spending'
import {
  serializeCashFlow,
  serializeDuePayment,
  serializeRecurring
} from '@/app/_lib/serializers/reports'
import { CashFlowCard } from '@/components/reports/cash-flow-card'
import { RecurringPayments } from '@/components/reports/recurring-payments'
import { CurrencyPicker, MonthPicker } from '@/components/reports/report-filters'
import { SpendingByCategory } from '@/components/reports/spending-by-category'
import { TopMerchants } from '@/components/reports/top-merchants'
import { PeriodText } from '@/components/ui/formatting'
import { isMonth, monthOf, monthPeriods, monthsUntil } from '@/lib/domain/periods'
import { listDuePayments, withoutDuePayments } from '@/lib/domain/reports/due-payments'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService } from '@/lib/services'

export type ReportParams = {
  month?: string | string[] | undefined
  currency?: string | string[] | undefined
}

/** Twelve months, so that every month can be compared with the previous one. */
const MONTHS_SHOWN = 12

/** Reads everything that the reports of one month need. */
export async function loadReports(
  user: UserActor,
  { month: requestedMonth, currency: requestedCurrency }: ReportParams,
  accountsRead: ReturnType<typeof DataService.listAccounts>
) {
  const today = await getToday()
  const currentMonth = monthOf(today)
  const month =
    typeof requestedMonth === 'string' && isMonth(requestedMonth) && requestedMonth <= currentMonth
      ? requestedMonth
      : currentMonth
  const months = monthsUntil(currentMonth, MONTHS_SHOWN)
  const [flows, spending, recurring, accounts] = await Promise.all([
    DataService.getCashFlow(
      user,
      months.includes(month) ? months : monthsUntil(month, MONTHS_SHOWN)
    ),
    loadSpending(user, monthPeriods(month, today)),
    DataService.listRecurring(user, today),
    accountsRead
  ])
  const due = listDuePayments(accounts, today)
  const flow = serializeCashFlow(flows).currencies
  const currencies = [...new Set([...flow, ...spending.currencies].map(({ currency }) => currency))]
  const currency = currencies.find((one) => one === requestedCurrency) ?? currencies[0] ?? null
  const hrefOf = (to: { month?: string; currency?: string | null }) => {
    const next = { month, currency, ...to }
    const search = new URLSearchParams({
      ...(next.month === currentMonth ? {} : { month: next.month }),
      ...(next.currency && next.currency !== currencies[0] ? { currency: next.currency } : {})
    }).toString()
    return search ? `/dashboard?${search}` : '/dashboard'
  }
  return {
    today,
    newest: currentMonth,
    month,
    currency,
    currencies,
    hrefOf,
    spending,
    flow: flow.find((one) => one.currency === currency) ?? null,
    inCurrency: spending.currencies.find((one) => one.currency === currency) ?? null,
    due: due.map(serializeDuePayment),
    recurring: withoutDuePayments(recurring, due).map(serializeRecurring)
  }
}

export type Reports = Awaited<ReturnType<typeof loadReports>>

export function ReportFilters({
  reports: { month, newest: currentMonth, currency, currencies, hrefOf }
}: {
  reports: Reports
}) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <CurrencyPicker
        currencies={currencies}
        selected={currency}
        hrefOf={(one) => hrefOf({ currency: one })}
      />
      <MonthPicker
        month={month}
        currentMonth={currentMonth}
        hrefOf={(one) => hrefOf({ month: one })}
      />
    </div>
  )
}

export const CashFlowSection = ({
  reports: { flow, month, newest: currentMonth, hrefOf }
}: {
  reports: Reports
}) => (
  <CashFlowCard
    flow={flow}
    month={month}
    isCurrentMonth={month === currentMonth}
    hrefOf={(one) => hrefOf({ month: one })}
  />
)
export const SpendingSection = ({
  reports: { spending, inCurrency: currencySpending }
}: {
  reports: Reports
}) => <SpendingByCategory spending={spending} currency={currencySpending} />
export const MerchantsSection = ({
  reports: { spending, inCurrency: currencySpending }
}: {
  reports: Reports
}) => (
  <TopMerchants
    merchants={currencySpending?.merchants ?? []}
    note={<PeriodText period={spending.current} />}
  />
)
export const RecurringSection = ({ reports: { due, recurring, today } }: { reports: Reports }) => (
  <RecurringPayments due={due} items={recurring} today={today} />
)
