/** Requests and responses of /api/v1/account. */
import { z } from 'zod'
import { MoneyResponse } from '@/lib/api/responses'

/** The query of GET /api/v1/account/transactions and /statements. */
export const BankAccountPageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30)
})

/** The body of PATCH /api/v1/account: the strategy for incoming money. */
export const StrategyInput = z
  .object({
    strategy: z
      .string({ error: 'Choose how your money is invested' })
      .min(1, 'Choose how your money is invested')
      .max(100)
  })
  .transform(({ strategy }) => ({ strategyId: strategy }))

/** The body of POST /api/v1/account/statements. */
export const StatementInput = z.object({ id: z.string().min(1).max(200) })

/** Yields are decimal text, such as "0.0412" for 4.12 %. */
export const SecurityResponse = z.strictObject({
  description: z.string(),
  quantity: z.string(),
  value: MoneyResponse.nullable(),
  maturesOn: z.string().nullable(),
  yieldToMaturity: z.string().nullable()
})
export type SecurityResponse = z.infer<typeof SecurityResponse>
export const StrategyResponse = z.strictObject({
  id: z.string(),
  description: z.string(),
  yieldToMaturity: z.string().nullable()
})
export type StrategyResponse = z.infer<typeof StrategyResponse>
export const InvestmentsResponse = z.strictObject({
  cash: MoneyResponse.nullable(),
  securities: z.array(SecurityResponse),
  strategyId: z.string().nullable(),
  strategies: z.array(StrategyResponse)
})
export type InvestmentsResponse = z.infer<typeof InvestmentsResponse>

export const BankTransactionResponse = z.strictObject({
  id: z.string(),
  title: z.string(),
  type: z.string(),
  amount: MoneyResponse,
  pending: z.boolean(),
  bookedAt: z.string(),
  settledAt: z.string().nullable()
})
export type BankTransactionResponse = z.infer<typeof BankTransactionResponse>

/**
 * `period` is YYYY-MM, or YYYY for tax forms. The link comes from POST /api/v1/account/statements.
 */
export const StatementResponse = z.strictObject({
  id: z.string(),
  kind: z.string(),
  period: z.string()
})
export type StatementResponse = z.infer<typeof StatementResponse>
export const StatementLinkResponse = z.strictObject({ url: z.string() })
export type StatementLinkResponse = z.infer<typeof StatementLinkResponse>
