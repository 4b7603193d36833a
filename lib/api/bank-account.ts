/** What /api/v1/account takes and answers. */
import { z } from 'zod'
import { WireMoney } from '@/lib/api/responses'

/** The query of GET /api/v1/account/transactions and …/statements. */
export const AccountPageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30)
})

/** The body of PATCH /api/v1/account: where money that comes in is put. */
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

/** Yields are decimal texts, such as "0.0412" for 4.12 %. */
export const WireSecurity = z.strictObject({
  description: z.string(),
  quantity: z.string(),
  value: WireMoney.nullable(),
  maturesOn: z.string().nullable(),
  yieldToMaturity: z.string().nullable()
})
export type WireSecurity = z.infer<typeof WireSecurity>
export const WireStrategy = z.strictObject({
  id: z.string(),
  description: z.string(),
  yieldToMaturity: z.string().nullable()
})
export type WireStrategy = z.infer<typeof WireStrategy>
export const WireInvestments = z.strictObject({
  cash: WireMoney.nullable(),
  securities: z.array(WireSecurity),
  strategyId: z.string().nullable(),
  strategies: z.array(WireStrategy)
})
export type WireInvestments = z.infer<typeof WireInvestments>

export const WireBankTransaction = z.strictObject({
  id: z.string(),
  title: z.string(),
  type: z.string(),
  amount: WireMoney,
  pending: z.boolean(),
  bookedAt: z.string(),
  settledAt: z.string().nullable()
})
export type WireBankTransaction = z.infer<typeof WireBankTransaction>

/** `period` is YYYY-MM, or YYYY for tax forms. The link comes from POST /api/v1/account/statements. */
export const WireStatement = z.strictObject({
  id: z.string(),
  kind: z.string(),
  period: z.string()
})
export type WireStatement = z.infer<typeof WireStatement>
export const WireStatementLink = z.strictObject({ url: z.string() })
export type WireStatementLink = z.infer<typeof WireStatementLink>
