import type { AssetResponse } from '@/lib/api/assets'
import type {
  CashFlowResponse,
  DuePaymentResponse,
  NetWorthHistoryResponse,
  NetWorthResponse,
  RecurringPaymentResponse,
  SpendingResponse
} from '@/lib/api/reports'
import type {
  BankAccountResponse,
  ConnectionResponse,
  LinkedAccountResponse,
  PageResponse,
  TransactionResponse
} from '@/lib/api/responses'
import type { CalendarMonth } from '@/lib/domain/periods'

/** Transactions in the list of the latest. */
export const LATEST_COUNT = 8

/** The reports of one month in one currency. */
export type Reports = {
  today: string
  newest: CalendarMonth
  month: CalendarMonth
  currency: string | null
  /** The first one is shown unless another is asked for. */
  currencies: string[]
  periods: Pick<SpendingResponse, 'current' | 'previous'>
  flow: CashFlowResponse['currencies'][number] | null
  inCurrency: SpendingResponse['currencies'][number] | null
  due: DuePaymentResponse[]
  recurring: RecurringPaymentResponse[]
}

/** All that the dashboard shows of a user. */
export type DashboardContent = {
  accounts: PageResponse<LinkedAccountResponse>
  connections: PageResponse<ConnectionResponse>
  latest: PageResponse<TransactionResponse>
  ownAccount: BankAccountResponse | null
  netWorth: NetWorthResponse
  history: NetWorthHistoryResponse
  assets: PageResponse<AssetResponse>
  reports: Reports
}

/** The dashboard of another month or currency. */
export function dashboardHref(
  { newest, month, currency, currencies }: Reports,
  to: { month?: string; currency?: string | null }
): string {
  const next = { month, currency, ...to }
  const search = new URLSearchParams({
    ...(next.month === newest ? {} : { month: next.month }),
    ...(next.currency && next.currency !== currencies[0] ? { currency: next.currency } : {})
  }).toString()
  return search ? `/dashboard?${search}` : '/dashboard'
}
