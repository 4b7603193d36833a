/**
 * What Plaid sends, as far as we read it (contracts: Plaid §3). Fields that decide something are required; words of lists that grow stay text;
 * whatever else is there is dropped.
 */
import 'server-only'
import { z } from 'zod'

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null)
/** A hint that is not worth failing for: anything of another shape counts as absent. */
const hint = text.catch(null)
const id = z.string().min(1).max(500)
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/**
 * An amount as decimal text. Plaid's amounts are doubles, and String() gives the shortest decimal that names the same double, which is also what
 * a JSON writer puts on the wire: up to 15 significant digits it is the very number that was sent, so 1.005 stays 1.005 and is rounded by its
 * decimal digits, never by its binary ones.
 */
const decimal = z.number().transform(String)
const decimalOrNull = decimal.nullish().transform((value) => value ?? null)

const currency = { iso_currency_code: text, unofficial_currency_code: text }

export const Account = z.object({
  account_id: id,
  persistent_account_id: hint,
  name: text,
  official_name: text,
  mask: text,
  type: z.string(),
  subtype: text,
  balances: z.object({ current: decimalOrNull, available: decimalOrNull, limit: decimalOrNull, ...currency })
})
export type PlaidAccount = z.output<typeof Account>

const Category = z.object({ primary: z.string(), detailed: z.string() })

export const PlaidTransactionSchema = z.object({
  transaction_id: id,
  pending_transaction_id: text,
  account_id: id,
  amount: decimal,
  ...currency,
  date,
  authorized_date: date.nullish().catch(null),
  name: text,
  merchant_name: text,
  logo_url: hint,
  personal_finance_category: Category.nullish().catch(null),
  payment_channel: hint,
  pending: z.boolean()
})
export type PlaidTransaction = z.output<typeof PlaidTransactionSchema>

export const SyncAnswer = z.object({
  accounts: z.array(Account),
  added: z.array(PlaidTransactionSchema),
  modified: z.array(PlaidTransactionSchema),
  removed: z.array(z.object({ transaction_id: id })),
  next_cursor: z.string(),
  has_more: z.boolean(),
  transactions_update_status: z.string()
})
export type PlaidSyncAnswer = z.output<typeof SyncAnswer>

export const AccountsAnswer = z.object({ accounts: z.array(Account) })

const ItemFault = z.object({ error_type: text, error_code: z.string() })
const words = z.array(z.string()).nullish().catch(null)
const LastUpdate = z.object({ last_successful_update: text }).nullish()
export const ItemAnswer = z.object({
  item: z.object({
    item_id: id,
    institution_id: text,
    institution_name: text,
    webhook: text,
    error: ItemFault.nullish(),
    consent_expiration_time: text,
    available_products: words,
    billed_products: words,
    products: words,
    consented_products: words
  }),
  status: z.object({ transactions: LastUpdate, investments: LastUpdate }).nullish()
})
export type PlaidItemAnswer = z.output<typeof ItemAnswer>

/** Plaid's sandbox tells no status. */
const Status = z
  .object({ item_logins: z.object({ status: z.string().max(100) }).nullish() })
  .nullish()
  .catch(null)
export const InstitutionAnswer = z.object({
  institution: z.object({ institution_id: id, name: z.string(), logo: hint, primary_color: hint, url: hint, status: Status })
})
export type PlaidInstitutionAnswer = z.output<typeof InstitutionAnswer>

export const LinkTokenAnswer = z.object({ link_token: id, expiration: z.iso.datetime({ offset: true }) })
export const ExchangeAnswer = z.object({ access_token: id, item_id: id })
export const Done = z.object({})

/** A public key for webhook signatures: only the members that make the key, whatever else Plaid puts beside them. */
export const KeyAnswer = z.object({
  key: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), expired_at: z.number().nullish() })
})

/** The members shared by all webhooks, and those of single ones that we read (contracts: Plaid §4). */
export const WebhookBody = z.object({
  webhook_type: z.string().min(1).max(100),
  webhook_code: z.string().min(1).max(100),
  item_id: id.nullish().transform((value) => value ?? null),
  error: ItemFault.nullish().catch(null),
  consent_expiration_time: hint,
  disconnect_time: hint
})
export type PlaidWebhook = z.output<typeof WebhookBody>
