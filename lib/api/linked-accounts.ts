/** Requests of /api/v1/accounts. */
import { z } from 'zod'
import { MoneyResponse } from '@/lib/api/responses'

/** The query of GET /api/v1/accounts. */
export const LinkedAccountsQuery = z.object({ hidden: z.enum(['include']).optional() })

/** The body of PATCH /api/v1/accounts/:id. An empty name restores the institution's. */
export const LinkedAccountInput = z
  .object({
    name: z
      .string()
      .trim()
      .max(80, 'Use a shorter name')
      .transform((text) => text || null)
      .nullable(),
    hidden: z.boolean()
  })
  .partial()

/** A security in an account. Units and prices are decimal text. */
export const HeldSecurityResponse = z.strictObject({
  name: z.string(),
  ticker: z.string().nullable(),
  type: z.string().nullable(),
  quantity: z.string(),
  price: z.string().nullable(),
  pricedOn: z.string().nullable(),
  value: MoneyResponse.nullable(),
  cost: MoneyResponse.nullable(),
  /** Value minus cost; null unless the institution reports both. */
  gain: MoneyResponse.nullable(),
  currency: z.string()
})
export type HeldSecurityResponse = z.infer<typeof HeldSecurityResponse>

export const InvestmentTransactionResponse = z.strictObject({
  id: z.string(),
  date: z.string(),
  name: z.string(),
  kind: z.string(),
  subtype: z.string().nullable(),
  /** Positive is cash that comes in. */
  amount: MoneyResponse,
  fees: MoneyResponse.nullable(),
  quantity: z.string().nullable(),
  price: z.string().nullable(),
  ticker: z.string().nullable()
})
export type InvestmentTransactionResponse = z.infer<typeof InvestmentTransactionResponse>

/** The holdings of an account, and its newest transactions. */
export const AccountInvestmentsResponse = z.strictObject({
  holdings: z.array(HeldSecurityResponse),
  transactions: z.array(InvestmentTransactionResponse)
})
export type AccountInvestmentsResponse = z.infer<typeof AccountInvestmentsResponse>
