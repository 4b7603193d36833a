/** Maps Plaid's data to the domain. Pure. The only place that flips Plaid's sign. */
import 'server-only'
import type { Institution } from '@/lib/domain/connections/connection'
import type { SyncedAccount, SyncedTransaction } from '@/lib/domain/connections/sync-page'
import { isStorable, type Money, toMoney } from '@/lib/domain/money/money'
import type {
  PlaidAccount,
  PlaidInstitutionResponse,
  PlaidItemResponse,
  PlaidTransaction
} from '@/lib/services/plaid/wire'

/**
 * Plaid sets exactly one of the two codes; without either, the currency is XXX (ISO 4217 for
 * none).
 */
export const currencyOf = (from: {
  iso_currency_code: string | null
  unofficial_currency_code: string | null
}) => from.iso_currency_code?.toUpperCase() ?? from.unofficial_currency_code ?? 'XXX'

/**
 * An amount beyond the column's range counts as unknown: net worth excludes the account and says
 * so.
 */
export function balance(decimal: string | null, currency: string): Money | null {
  const money = decimal === null ? null : toMoney(decimal, currency)
  return money && isStorable(money) ? money : null
}

/**
 * Balances keep Plaid's sign: positive is debt on credit and loan accounts. `netValue` in the
 * domain converts them.
 */
export function toSyncedAccount(account: PlaidAccount): SyncedAccount {
  const currency = currencyOf(account.balances)
  return {
    plaidAccountId: account.account_id,
    persistentAccountId: account.persistent_account_id,
    name: account.name ?? account.official_name ?? 'Account',
    officialName: account.official_name,
    mask: account.mask,
    type: account.type,
    subtype: account.subtype,
    current: balance(account.balances.current, currency),
    available: balance(account.balances.available, currency),
    limit: balance(account.balances.limit, currency)
  }
}

/** Plaid's positive is money out; ours is money in. */
export function toSyncedTransaction(transaction: PlaidTransaction): SyncedTransaction {
  const { minor, currency } = toMoney(transaction.amount, currencyOf(transaction))
  return {
    plaidTransactionId: transaction.transaction_id,
    pendingTransactionId: transaction.pending_transaction_id,
    plaidAccountId: transaction.account_id,
    amount: { minor: -minor, currency },
    date: transaction.date,
    authorizedOn: transaction.authorized_date ?? null,
    name: transaction.name ?? transaction.merchant_name ?? 'Transaction',
    merchantName: transaction.merchant_name,
    categoryPrimary: transaction.personal_finance_category?.primary ?? null,
    categoryDetailed: transaction.personal_finance_category?.detailed ?? null,
    paymentChannel: transaction.payment_channel,
    pending: transaction.pending
  }
}

export type PlaidItem = {
  plaidItemId: string
  institutionId: string | null
  institutionName: string | null
  errorType: string | null
  errorCode: string | null
  consentExpiresAt: string | null
  /** When Plaid last reached the institution. */
  bankDataAt: string | null
  webhook: string | null
  /** Products in use or consented to, and those the institution also offers; Plaid's names. */
  products: string[]
  availableProducts: string[]
}

export function toPlaidItem({ item, status }: PlaidItemResponse): PlaidItem {
  return {
    plaidItemId: item.item_id,
    institutionId: item.institution_id,
    institutionName: item.institution_name,
    errorType: item.error?.error_type ?? null,
    errorCode: item.error?.error_code ?? null,
    consentExpiresAt: toIsoTime(item.consent_expiration_time),
    bankDataAt: toIsoTime(
      status?.transactions?.last_successful_update ??
        status?.investments?.last_successful_update ??
        null
    ),
    webhook: item.webhook,
    products: [
      ...new Set([
        ...(item.products ?? []),
        ...(item.billed_products ?? []),
        ...(item.consented_products ?? [])
      ])
    ],
    availableProducts: item.available_products ?? []
  }
}

/**
 * Only base64 is kept, because the logo becomes part of the page's markup: a PNG without a `data:`
 * prefix.
 */
export function toInstitution({ institution }: PlaidInstitutionResponse): Institution {
  const { institution_id, name, logo } = institution
  return {
    id: institution_id,
    name: name ?? 'Your bank',
    logo: logo && /^[A-Za-z0-9+/]+=*$/.test(logo) ? logo : null
  }
}

/** Converts Plaid's times, with or without an offset, to ISO instants; null if unreadable. */
export function toIsoTime(text: string | null): string | null {
  const at = text ? new Date(text) : null
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : null
}
