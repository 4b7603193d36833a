/** Requests and responses of the reports. `rows` is the page that lists the rows behind a sum. */
import { z } from 'zod'
import { MoneyResponse } from '@/lib/api/responses'
import { timeZone } from '@/lib/api/transactions'
import { HISTORY_RANGES } from '@/lib/domain/reports/net-worth-history'

/** The query of GET /api/v1/net-worth/history. */
export const NetWorthHistoryQuery = z.object({
  range: z.enum(HISTORY_RANGES).default('3m'),
  zone: timeZone
})

export const PeriodResponse = z.strictObject({ from: z.string(), to: z.string() })
export type PeriodResponse = z.infer<typeof PeriodResponse>

export const HoldingResponse = z.strictObject({
  accountId: z.string().nullable(),
  /** Set for own assets. */
  assetId: z.string().nullable(),
  valuedOn: z.string().nullable(),
  name: z.string(),
  institutionName: z.string(),
  value: MoneyResponse,
  balancesAt: z.string().nullable(),
  stale: z.boolean()
})
export type HoldingResponse = z.infer<typeof HoldingResponse>
export const NetWorthResponse = z.strictObject({
  currencies: z.array(
    z.strictObject({
      currency: z.string(),
      net: MoneyResponse,
      assets: MoneyResponse,
      debts: MoneyResponse,
      groups: z.array(
        z.strictObject({
          type: z.string(),
          value: MoneyResponse,
          holdings: z.array(HoldingResponse)
        })
      ),
      asOf: z.string().nullable()
    })
  ),
  asOf: z.string().nullable(),
  stale: z.array(HoldingResponse),
  leftOut: z.array(
    z.strictObject({
      accountId: z.string(),
      name: z.string(),
      institutionName: z.string(),
      reason: z.string()
    })
  )
})
export type NetWorthResponse = z.infer<typeof NetWorthResponse>

/**
 * Estimated points are calculated from transactions, the others reported. The last point is the
 * current value.
 */
export const NetWorthHistoryResponse = z.strictObject({
  currencies: z.array(
    z.strictObject({
      currency: z.string(),
      points: z.array(
        z.strictObject({ on: z.string(), value: MoneyResponse, estimated: z.boolean() })
      )
    })
  )
})
export type NetWorthHistoryResponse = z.infer<typeof NetWorthHistoryResponse>

export const SumResponse = z.strictObject({ ...MoneyResponse.shape, rows: z.string() })
export type SumResponse = z.infer<typeof SumResponse>
export const MonthlyCashFlowResponse = z.strictObject({
  month: z.string(),
  in: SumResponse,
  out: SumResponse,
  net: MoneyResponse
})
export type MonthlyCashFlowResponse = z.infer<typeof MonthlyCashFlowResponse>
export const CashFlowResponse = z.strictObject({
  currencies: z.array(
    z.strictObject({ currency: z.string(), months: z.array(MonthlyCashFlowResponse) })
  )
})
export type CashFlowResponse = z.infer<typeof CashFlowResponse>

export const CategorySpendingResponse = z.strictObject({
  category: z.string(),
  name: z.string(),
  spent: SumResponse,
  previous: SumResponse,
  count: z.number()
})
export type CategorySpendingResponse = z.infer<typeof CategorySpendingResponse>
export const MerchantSpendingResponse = z.strictObject({
  merchant: z.string(),
  name: z.string(),
  spent: SumResponse,
  count: z.number()
})
export type MerchantSpendingResponse = z.infer<typeof MerchantSpendingResponse>
export const SpendingResponse = z.strictObject({
  current: PeriodResponse,
  previous: PeriodResponse,
  currencies: z.array(
    z.strictObject({
      currency: z.string(),
      total: SumResponse,
      previous: SumResponse,
      categories: z.array(CategorySpendingResponse),
      merchants: z.array(MerchantSpendingResponse)
    })
  )
})
export type SpendingResponse = z.infer<typeof SpendingResponse>

export const RecurringPaymentResponse = z.strictObject({
  merchant: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  cadence: z.string(),
  amount: SumResponse,
  perMonth: MoneyResponse,
  fixed: z.boolean(),
  lastOn: z.string(),
  nextOn: z.string()
})
export type RecurringPaymentResponse = z.infer<typeof RecurringPaymentResponse>

/** The minimum payment of a card or loan, as its institution reports it. */
export const DuePaymentResponse = z.strictObject({
  accountId: z.string(),
  name: z.string(),
  institutionName: z.string(),
  amount: MoneyResponse,
  dueOn: z.string(),
  overdue: z.boolean()
})
export type DuePaymentResponse = z.infer<typeof DuePaymentResponse>
