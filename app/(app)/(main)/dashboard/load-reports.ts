import { getToday } from '@/app/_lib/formatting'
import { loadSpending } from '@/app/_lib/pages/load-spending'
import {
  serializeCashFlow,
  serializeDuePayment,
  serializeRecurring
} from '@/app/_lib/serializers/reports'
import type { Reports } from '@/components/reports/dashboard-content'
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
): Promise<Reports> {
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
  return {
    today,
    newest: currentMonth,
    month,
    currency,
    currencies,
    periods: { current: spending.current, previous: spending.previous },
    flow: flow.find((one) => one.currency === currency) ?? null,
    inCurrency: spending.currencies.find((one) => one.currency === currency) ?? null,
    due: due.map(serializeDuePayment),
    recurring: withoutDuePayments(recurring, due).map(serializeRecurring)
  }
}
