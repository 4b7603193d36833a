/**
 * The accounts each product works with: Plaid's account type and product support matrix, for this
 * emulator's products.
 */
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { toWireAccounts } from '@/sandbox/plaid/items'
import type { AccountFilters } from '@/sandbox/plaid/link/types'
import type { ItemRecord, Plaid } from '@/sandbox/plaid/records'

type AccountType = { type: string; subtype: string | null }

const AUTH_SUBTYPES = new Set(['checking', 'savings', 'cash management'])

const hasTransactions = ({ type, subtype }: AccountType) =>
  type === 'depository' || type === 'credit' || (type === 'loan' && subtype === 'student')
const canPay = ({ type, subtype }: AccountType) =>
  type === 'depository' && AUTH_SUBTYPES.has(subtype ?? '')

const COMPATIBLE: Record<string, (account: AccountType) => boolean> = {
  transactions: hasTransactions,
  recurring_transactions: hasTransactions,
  auth: canPay,
  signal: canPay,
  transfer: canPay,
  income_verification: ({ type }) => type === 'depository',
  investments: ({ type }) => type === 'investment',
  liabilities: ({ type, subtype }) =>
    (type === 'credit' && subtype === 'credit card') ||
    (type === 'loan' && ['student', 'mortgage'].includes(subtype ?? ''))
}

/** Whether a product applies to any of these accounts; products without a rule take any account. */
export const supports = (product: string, accounts: readonly AccountType[]): boolean =>
  accounts.some(COMPATIBLE[product] ?? (() => true))

/**
 * Whether Link shows an account: auth limits the list to accounts that can receive money, a filter
 * to its own types.
 */
export function isShown(
  account: AccountType,
  { products, accountFilters }: { products: string[]; accountFilters: AccountFilters }
): boolean {
  if (products.includes('auth') && !AUTH_SUBTYPES.has(account.subtype ?? '')) return false
  if (Object.keys(accountFilters).length === 0) return true
  const subtypes = accountFilters[account.type]?.account_subtypes ?? []
  return subtypes.includes('all') || subtypes.includes(account.subtype ?? '')
}

/**
 * @throws PlaidApiError ADDITIONAL_CONSENT_REQUIRED when Link did not ask for the product,
 * PRODUCTS_NOT_SUPPORTED when no account fits it.
 */
export function requireProduct(
  item: ItemRecord,
  product: string,
  accounts: readonly AccountType[]
): void {
  if (item.products.includes(product)) return
  if (item.consented && !item.consented.includes(product))
    throw new PlaidApiError(
      'ADDITIONAL_CONSENT_REQUIRED',
      `client does not have user consent to access the PRODUCT_${product.toUpperCase()} product`
    )
  if (!supports(product, accounts)) throw new PlaidApiError('PRODUCTS_NOT_SUPPORTED')
}

/** A product's first use adds it to the Item. @throws PlaidApiError as `requireProduct` */
export function addProduct(plaid: Plaid, item: ItemRecord, product: string): ItemRecord {
  requireProduct(item, product, toWireAccounts(plaid, item))
  return item.products.includes(product)
    ? item
    : plaid.items.put({ ...item, products: [...item.products, product] })
}
