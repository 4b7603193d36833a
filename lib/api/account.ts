/** What /api/v1/account takes and answers. */
import { z } from 'zod'
import type { WireMoney } from './answers'

/** The query of GET /api/v1/account/transactions and …/statements. */
export const AccountPageQuery = z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) })

/** The body of PATCH /api/v1/account: where money that comes in is put. */
export const StrategyInput = z
  .object({ strategy: z.string({ error: 'Choose how your money is invested' }).min(1, 'Choose how your money is invested').max(100) })
  .transform(({ strategy }) => ({ strategyId: strategy }))

/** The body of POST /api/v1/account/statements. */
export const StatementInput = z.object({ id: z.string().min(1).max(200) })

/** Yields are decimal texts, such as "0.0412" for 4.12 %. */
export type WireSecurity = { description: string; quantity: string; value: WireMoney | null; maturesOn: string | null; yieldToMaturity: string | null }
export type WireStrategy = { id: string; description: string; yieldToMaturity: string | null }
export type WireInvestments = { cash: WireMoney | null; securities: WireSecurity[]; strategyId: string | null; strategies: WireStrategy[] }

export type WireBankTransaction = {
  id: string
  title: string
  type: string
  amount: WireMoney
  pending: boolean
  bookedAt: string
  settledAt: string | null
}

/** `period` is YYYY-MM, or YYYY for tax forms. The link comes from POST /api/v1/account/statements. */
export type WireStatement = { id: string; kind: string; period: string }
export type WireStatementLink = { url: string }
