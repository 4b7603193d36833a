import { readSpending } from '@/app/_lib/load-spending'
import { toWireCashFlow, toWireRecurring } from '@/app/_lib/serializers/reports'
import { todayHere } from '@/app/_lib/formatting'
import { CashFlow } from '@/components/reports/cash-flow-card'
import { TopMerchants } from '@/components/reports/top-merchants'
import { RecurringPayments } from '@/components/reports/recurring-payments'
import { SpendingByCategory } from '@/components/reports/spending-by-category'
import { CurrencySwitch, MonthSwitch } from '@/components/reports/report-filters'
import { Span } from '@/components/ui/formatting'
import type { UserActor } from '@/lib/domain/users/actor'
import { isMonth, monthOf, monthPeriods, monthsUntil } from '@/lib/domain/periods'
import { DataService } from '@/lib/services'

export type Chosen = {
  month?: string | string[] | undefined
  currency?: string | string[] | undefined
}

/** A year, so that every month has its like. */
const MONTHS = 12

/** All that a month's numbers are shown from, read at once. */
export async function readNumbers(
  person: UserActor,
  { month: wanted, currency: wantedCurrency }: Chosen
) {
  const today = await todayHere()
  const newest = monthOf(today)
  const month = typeof wanted === 'string' && isMonth(wanted) && wanted <= newest ? wanted : newest
  const months = monthsUntil(newest, MONTHS)
  const [flows, spending, recurring] = await Promise.all([
    DataService.getCashFlow(person, months.includes(month) ? months : monthsUntil(month, MONTHS)),
    readSpending(person, monthPeriods(month, today)),
    DataService.listRecurring(person, today)
  ])
  const flow = toWireCashFlow(flows).currencies
  const currencies = [...new Set([...flow, ...spending.currencies].map(({ currency }) => currency))]
  const currency = currencies.find((one) => one === wantedCurrency) ?? currencies[0] ?? null
  const hrefOf = (to: { month?: string; currency?: string | null }) => {
    const next = { month, currency, ...to }
    const search = new URLSearchParams({
      ...(next.month === newest ? {} : { month: next.month }),
      ...(next.currency && next.currency !== currencies[0] ? { currency: next.currency } : {})
    }).toString()
    return search ? `/dashboard?${search}` : '/dashboard'
  }
  return {
    today,
    newest,
    month,
    currency,
    currencies,
    hrefOf,
    spending,
    flow: flow.find((one) => one.currency === currency) ?? null,
    inCurrency: spending.currencies.find((one) => one.currency === currency) ?? null,
    recurring: recurring.map(toWireRecurring)
  }
}

type Numbers = Awaited<ReturnType<typeof readNumbers>>

export function NumberSwitches({
  numbers: { month, newest, currency, currencies, hrefOf }
}: {
  numbers: Numbers
}) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <CurrencySwitch
        currencies={currencies}
        chosen={currency}
        hrefOf={(one) => hrefOf({ currency: one })}
      />
      <MonthSwitch month={month} newest={newest} hrefOf={(one) => hrefOf({ month: one })} />
    </div>
  )
}

export const CashFlowPart = ({
  numbers: { flow, month, newest, hrefOf }
}: {
  numbers: Numbers
}) => (
  <CashFlow
    flow={flow}
    month={month}
    unfinished={month === newest}
    hrefOf={(one) => hrefOf({ month: one })}
  />
)
export const SpendingPart = ({ numbers: { spending, inCurrency } }: { numbers: Numbers }) => (
  <SpendingByCategory spending={spending} currency={inCurrency} />
)
export const MerchantsPart = ({ numbers: { spending, inCurrency } }: { numbers: Numbers }) => (
  <TopMerchants merchants={inCurrency?.merchants ?? []} note={<Span of={spending.current} />} />
)
export const RecurringPart = ({ numbers: { recurring, today } }: { numbers: Numbers }) => (
  <RecurringPayments items={recurring} today={today} />
)
