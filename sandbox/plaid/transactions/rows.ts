/** One stored transaction, and its shape on the wire. */
import type { Category, Channel, Posting } from '@/sandbox/plaid/logins/bank-data'
import { toIso } from '@/sandbox/plaid/logins/calendar'

export type BankRow = {
  id: string
  account: string
  amount: number
  currency: string | null
  unofficialCurrency: string | null
  date: string
  authorizedOn: string | null
  name: string
  merchant: string | null
  website: string | null
  category: Category | null
  channel: Channel
  code: string | null
  pending: boolean
  pendingId: string | null
}

type AccountRef = { accountId: string; currency: string | null; unofficialCurrency: string | null }

/** A posting on `day`: pending until it is booked. Pending and posted ids differ, as at Plaid. */
export function toRow(
  posting: Posting,
  day: number,
  holder: AccountRef,
  idOf: (key: string) => string
): BankRow {
  const pending = posting.posted > day
  const waited = posting.posted > posting.authorized
  return {
    id: idOf(pending ? `${posting.key}:pending` : posting.key),
    account: holder.accountId,
    amount: posting.amount,
    currency: posting.currency ?? holder.currency,
    unofficialCurrency: posting.currency ? null : holder.unofficialCurrency,
    date: toIso(pending ? posting.authorized : posting.posted),
    authorizedOn: toIso(posting.authorized),
    name: posting.name,
    merchant: posting.merchant,
    website: posting.website,
    category: posting.category,
    channel: posting.channel,
    code: posting.code,
    pending,
    pendingId: waited && !pending ? idOf(`${posting.key}:pending`) : null
  }
}

const NO_LOCATION = {
  address: null,
  city: null,
  region: null,
  postal_code: null,
  country: null,
  lat: null,
  lon: null,
  store_number: null
}
const NO_PAYMENT_META = {
  by_order_of: null,
  payee: null,
  payer: null,
  payment_method: null,
  payment_processor: null,
  ppd_id: null,
  reason: null,
  reference_number: null
}

const toCounterparties = ({ merchant, website, category }: BankRow) =>
  merchant
    ? [
        {
          name: merchant,
          type: 'merchant',
          entity_id: null,
          logo_url: null,
          website,
          phone_number: null,
          confidence_level: category?.confidence ?? null
        }
      ]
    : []

const toCategory = (category: Category | null, version: 'v1' | 'v2') =>
  category
    ? {
        personal_finance_category: {
          primary: category.primary,
          detailed: category.detailed,
          confidence_level: category.confidence ?? null,
          version
        },
        personal_finance_category_icon_url: `https://plaid-category-icons.plaid.com/PFC_${category.primary}.png`
      }
    : { personal_finance_category: null }

/** Plaid's Transaction. */
export function toWireTransaction(
  row: BankRow,
  options: { original: boolean; version: 'v1' | 'v2' }
) {
  return {
    account_id: row.account,
    account_owner: null,
    amount: row.amount,
    authorized_date: row.authorizedOn,
    authorized_datetime: null,
    category: null,
    category_id: null,
    check_number: null,
    counterparties: toCounterparties(row),
    date: row.date,
    datetime: null,
    iso_currency_code: row.currency,
    location: NO_LOCATION,
    logo_url: null,
    merchant_entity_id: null,
    merchant_name: row.merchant,
    name: row.name,
    ...(options.original ? { original_description: row.name } : {}),
    payment_channel: row.channel,
    payment_meta: NO_PAYMENT_META,
    pending: row.pending,
    pending_transaction_id: row.pendingId,
    ...toCategory(row.category, options.version),
    transaction_code: row.code,
    transaction_id: row.id,
    transaction_type:
      row.channel === 'in store' ? 'place' : row.channel === 'online' ? 'digital' : 'special',
    unofficial_currency_code: row.unofficialCurrency,
    website: row.website,
    ...(row.pending ? {} : { running_balance: null })
  }
}
