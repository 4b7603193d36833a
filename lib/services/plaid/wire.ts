/**
 * The parts of Plaid's responses that we read (contracts: Plaid §3). Fields that decide something
 * are required; open enums stay text; everything else is dropped.
 */
import 'server-only'
import { z } from 'zod'
import { isRealDate } from '@/lib/domain/dates'
import { cleanText } from '@/lib/domain/vendor-text'

const NAME = 500
const WORD = 100
const ADDRESS = 2_000

/**
 * Text of at most `max` characters, sanitised on entry. Any other type counts as absent: a name
 * must not cost a row.
 */
const text = (max: number) =>
  z
    .string()
    .nullish()
    .catch(null)
    .transform((value) => (value ? cleanText(value, max) : null))
export const name = text(NAME)
export const word = text(WORD)
const required = z
  .string()
  .max(WORD)
  .transform((value) => cleanText(value, WORD) ?? '')
  .refine((value) => value !== '')
export const code = text(20)
const address = text(ADDRESS)
/** Ids are compared, so an id that is too long is rejected, never truncated. */
export const id = z
  .string()
  .max(500)
  .transform((value) => cleanText(value, 500) ?? '')
  .refine((value) => value !== '')
export const idOrNull = id.nullish().transform((value) => value ?? null)
const date = z
  .string()
  .refine(
    (value) =>
      /^\d{4}-\d{2}-\d{2}$/.test(value) &&
      isRealDate(Number(value.slice(0, 4)), Number(value.slice(5, 7)), Number(value.slice(8)))
  )

/**
 * An amount as decimal text. Plaid's amounts are doubles; String() returns the shortest decimal
 * that identifies the double, which is what the JSON contained for up to 15 significant digits. So
 * 1.005 stays 1.005 and is rounded in decimal.
 */
const decimal = z.union([
  z.number().transform(String),
  z.string().regex(/^-?\d{1,40}(\.\d{1,40})?$/)
])
const decimalOrNull = decimal
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)

const currency = { iso_currency_code: code, unofficial_currency_code: code }

const Balances = z.object({
  current: decimalOrNull,
  available: decimalOrNull,
  limit: decimalOrNull,
  ...currency
})
const NO_BALANCES = {
  current: null,
  available: null,
  limit: null,
  iso_currency_code: null,
  unofficial_currency_code: null
}

export const PlaidAccountSchema = z.object({
  account_id: id,
  persistent_account_id: idOrNull.catch(null),
  name,
  official_name: name,
  mask: code,
  type: word.transform((value) => value ?? 'other'),
  subtype: word,
  balances: Balances.catch(NO_BALANCES)
})
export type PlaidAccount = z.output<typeof PlaidAccountSchema>

const Category = z.object({ primary: word, detailed: word })

export const PlaidTransactionSchema = z.object({
  transaction_id: id,
  pending_transaction_id: idOrNull.catch(null),
  account_id: id,
  amount: decimal,
  ...currency,
  date,
  authorized_date: date.nullish().catch(null),
  name,
  merchant_name: name,
  personal_finance_category: Category.nullish().catch(null),
  payment_channel: word,
  pending: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false)
})
export type PlaidTransaction = z.output<typeof PlaidTransactionSchema>

/** Rows are parsed one by one, so that an unreadable one does not reject its page. */
const rows = z.array(z.unknown())

export const SyncResponse = z.object({
  accounts: rows,
  added: rows,
  modified: rows,
  removed: rows,
  next_cursor: z.string(),
  has_more: z.boolean(),
  transactions_update_status: z.string()
})
export type PlaidSyncResponse = z.output<typeof SyncResponse>
export const RemovedTransactionSchema = z.object({ transaction_id: id })

export const AccountsResponse = z.object({ accounts: rows })

const percentage = decimalOrNull
const dateOrNull = date
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)
const flag = z
  .boolean()
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)
const listOrNull = rows
  .nullish()
  .catch(null)
  .transform((value) => value ?? [])

export const LiabilitiesResponse = z.object({
  accounts: rows,
  liabilities: z.object({ credit: listOrNull, student: listOrNull, mortgage: listOrNull })
})

const Rate = z.object({ apr_type: word, apr_percentage: percentage })

/** The members of the three kinds that we read; each kind has some of them. */
export const PlaidLiabilitySchema = z.object({
  account_id: id,
  aprs: z.array(Rate.nullable().catch(null)).nullish().catch(null),
  interest_rate_percentage: percentage,
  interest_rate: z.object({ percentage, type: word }).nullish().catch(null),
  minimum_payment_amount: decimalOrNull,
  next_monthly_payment: decimalOrNull,
  next_payment_due_date: dateOrNull,
  is_overdue: flag,
  past_due_amount: decimalOrNull,
  last_statement_balance: decimalOrNull,
  last_statement_issue_date: dateOrNull
})
export type PlaidLiability = z.output<typeof PlaidLiabilitySchema>

export const RecurringResponse = z.object({ inflow_streams: rows, outflow_streams: rows })
export const PlaidStreamSchema = z.object({
  account_id: id,
  stream_id: id,
  frequency: word,
  status: word,
  is_active: flag,
  predicted_next_date: dateOrNull,
  average_amount: z.object({ amount: decimalOrNull }).nullish().catch(null),
  last_amount: z.object({ amount: decimalOrNull }).nullish().catch(null),
  transaction_ids: z.array(id).min(1)
})
export type PlaidStream = z.output<typeof PlaidStreamSchema>

export const HoldingsResponse = z.object({ accounts: rows, holdings: rows, securities: rows })
export const InvestmentTransactionsResponse = z.object({
  investment_transactions: rows,
  securities: rows,
  total_investment_transactions: z.number().int().nonnegative()
})
export const PlaidSecuritySchema = z.object({
  security_id: id,
  name,
  ticker_symbol: word,
  type: word
})
export type PlaidSecurity = z.output<typeof PlaidSecuritySchema>

export const PlaidHoldingSchema = z.object({
  account_id: id,
  security_id: id,
  quantity: decimal,
  institution_price: decimalOrNull,
  institution_price_as_of: dateOrNull,
  institution_value: decimalOrNull,
  cost_basis: decimalOrNull,
  ...currency
})

export const PlaidInvestmentTransactionSchema = z.object({
  investment_transaction_id: id,
  account_id: id,
  security_id: idOrNull.catch(null),
  date,
  name,
  type: word,
  subtype: word,
  amount: decimal,
  quantity: decimalOrNull,
  price: decimalOrNull,
  fees: decimalOrNull,
  ...currency
})
export type PlaidInvestmentTransaction = z.output<typeof PlaidInvestmentTransactionSchema>

const ItemError = z.object({ error_type: word, error_code: required })
const words = z.array(required).nullish().catch(null)
const LastUpdate = z.object({ last_successful_update: word }).nullish()
export const ItemResponse = z.object({
  item: z.object({
    item_id: id,
    institution_id: idOrNull.catch(null),
    institution_name: name,
    webhook: address,
    error: ItemError.nullish(),
    consent_expiration_time: word,
    available_products: words,
    billed_products: words,
    products: words,
    consented_products: words
  }),
  status: z.object({ transactions: LastUpdate, investments: LastUpdate }).nullish()
})
export type PlaidItemResponse = z.output<typeof ItemResponse>

export const InstitutionResponse = z.object({
  institution: z.object({ institution_id: id, name, logo: text(1_000_000) })
})
export type PlaidInstitutionResponse = z.output<typeof InstitutionResponse>

export const ExchangeResponse = z.object({ access_token: id, item_id: id })
export const RotatedTokenResponse = z.object({ new_access_token: id })
export const EmptyResponse = z.object({})

/** A public key for webhook signatures; only the members of the key itself. */
export const KeyResponse = z.object({
  key: z.object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    expired_at: z.number().nullish()
  })
})

/** Members shared by all webhooks, and those of single ones that we read (contracts: Plaid §4). */
export const WebhookBody = z.object({
  webhook_type: required,
  webhook_code: required,
  item_id: idOrNull,
  error: ItemError.nullish().catch(null),
  account_id: word,
  link_token: idOrNull,
  consent_expiration_time: word,
  disconnect_time: word
})
export type PlaidWebhook = z.output<typeof WebhookBody>
