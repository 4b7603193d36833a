/** Requests and responses of /api/v1/account/transfers and /counterparties. */
import { z } from 'zod'
import { MoneyResponse } from '@/lib/api/responses'
import { COUNTERPARTY_STATES, TRANSFER_STATES } from '@/lib/domain/transfers/transfer'

const id = z.string().min(1).max(200)
const AMOUNT = 'Enter an amount in dollars, such as 250 or 99.50'

/** Accepts a dollar sign, spaces and thousands separators. */
const cents = z
  .string({ error: AMOUNT })
  .max(50, AMOUNT)
  .transform((text) => text.replace(/[\s$]/g, '').replace(/,(?=\d{3}(?:\D|$))/g, ''))
  .refine((text) => /^\d+(\.\d{1,2})?$/.test(text), AMOUNT)
  .transform((text) => {
    const [dollars = '0', rest = ''] = text.split('.')
    return BigInt(dollars) * 100n + BigInt(rest.padEnd(2, '0') || '0')
  })

/** The body of POST /api/v1/account/transfers. */
export const TransferInput = z
  .object({
    direction: z.enum(['in', 'out'], { error: 'Choose whether to add or to withdraw money' }),
    bank: z.uuid({ error: 'Choose an account' }),
    amount: cents
  })
  .transform(({ direction, bank, amount }) => ({
    direction,
    counterpartyId: bank,
    amount: { minor: amount, currency: 'USD' }
  }))

/** The query of GET /api/v1/account/transfers. */
export const TransfersQuery = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20)
})

/**
 * The body of POST /api/v1/account/counterparties/link; `bank` reopens Link for an account that
 * waits for a code.
 */
export const FundingLinkInput = z
  .object({ bank: z.uuid().nullish() })
  .transform(({ bank }) => ({ counterpartyId: bank ?? null }))

/** The body of POST /api/v1/account/counterparties: the result of Jiko's Link session. */
export const FundingBankInput = z
  .object({
    public_token: id,
    institution_id: id.nullish(),
    accounts: z
      .array(z.object({ id, name: z.string().max(500), mask: z.string().max(20).nullish() }))
      .min(1, 'Choose at least one account.')
      .max(50)
  })
  .transform(({ public_token, institution_id, accounts }) => ({
    publicToken: public_token,
    institutionId: institution_id ?? null,
    accounts: accounts.map(({ id, name, mask }) => ({ id, name, mask: mask ?? null }))
  }))

export const CounterpartyResponse = z.strictObject({
  id: z.string(),
  name: z.string(),
  mask: z.string().nullable(),
  kind: z.enum(['checking', 'savings']).nullable(),
  state: z.enum(COUNTERPARTY_STATES),
  /** When it can receive its first withdrawal; null if it can. */
  withdrawableFrom: z.string().nullable(),
  /** Its owner has another name, so lower limits apply until a small deposit confirms it. */
  ownerDiffers: z.boolean()
})
export type CounterpartyResponse = z.infer<typeof CounterpartyResponse>
export const FundingLinkResponse = z.strictObject({
  linkToken: z.string(),
  linkScriptUrl: z.string().nullable(),
  expiresAt: z.string()
})
export type FundingLinkResponse = z.infer<typeof FundingLinkResponse>

/**
 * `settlesOn` is the expected date; `returnCode` is the ACH code, such as R01; `refusedFor` is why
 * Jiko refused it.
 */
export const TransferResponse = z.strictObject({
  id: z.string(),
  direction: z.enum(['in', 'out']),
  amount: MoneyResponse,
  state: z.enum(TRANSFER_STATES),
  returnCode: z.string().nullable(),
  refusedFor: z.string().nullable(),
  settlesOn: z.string(),
  confirmedAt: z.string().nullable(),
  settledAt: z.string().nullable(),
  bank: z.strictObject({ name: z.string(), mask: z.string().nullable() })
})
export type TransferResponse = z.infer<typeof TransferResponse>

/** POST /api/v1/account/trades returns the link. */
export const TradeResponse = z.strictObject({
  id: z.string(),
  title: z.string(),
  amount: MoneyResponse.nullable(),
  at: z.string()
})
export type TradeResponse = z.infer<typeof TradeResponse>
