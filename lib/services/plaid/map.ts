/** Plaid's words to ours. Pure. The only place where Plaid's sign is turned round. */
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

/** Exactly one of the two codes is set; a bank that sets neither has told no currency, for which ISO 4217 has the code XXX. */
const currencyOf = (from: {
  iso_currency_code: string | null
  unofficial_currency_code: string | null
}) => from.iso_currency_code?.toUpperCase() ?? from.unofficial_currency_code ?? 'XXX'

/** An amount beyond what is stored counts as not told: the account is left out of net worth, and says so. */
function balance(decimal: string | null, currency: string): Money | null {
  const money = decimal === null ? null : toMoney(decimal, currency)
  return money && isStorable(money) ? money : null
}

/** Balances keep Plaid's sign: on credit and loan accounts positive is owed. `worth` in the domain turns them into what the person has. */
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

/** At Plaid positive is money that left the account; ours is the other way round. */
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

/** What Plaid says about an Item now. */
export type PlaidItem = {
  plaidItemId: string
  institutionId: string | null
  institutionName: string | null
  errorType: string | null
  errorCode: string | null
  consentExpiresAt: string | null
  /** The last time Plaid itself reached the bank. */
  bankDataAt: string | null
  webhook: string | null
  /** Products that are in use or consented to, and those the bank offers beyond that; Plaid's words. */
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

/** The logo ends in a page's markup, so only base64 is kept: a PNG without a `data:` prefix. */
export function toInstitution({ institution }: PlaidInstitutionResponse): Institution {
  const { institution_id, name, logo } = institution
  return {
    id: institution_id,
    name: name ?? 'Your bank',
    logo: logo && /^[A-Za-z0-9+/]+=*$/.test(logo) ? logo : null
  }
}

/** Plaid's times, with or without an offset of their own, as ISO instants; null where the text names none. */
export function toIsoTime(text: string | null): string | null {
  const at = text ? new Date(text) : null
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : null
}
