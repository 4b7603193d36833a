import type { LinkedAccountResponse } from '@/lib/api/responses'
import { formatAmountInput } from '@/lib/domain/money/amount-input'
import { categoryName } from '@/lib/domain/transactions/categories'
import { FILTER_KEYS, type TransactionFilter } from '@/lib/domain/transactions/transaction-filter'

type Key = (typeof FILTER_KEYS)[number]

type Formatter = { locale: string; date: (date: string) => string }

const FILTER_LABELS: Record<Key, (value: string, format: Formatter) => string> = {
  q: (text) => `“${text}”`,
  account: (name) => name,
  category: categoryName,
  kind: (kind) =>
    ({ spending: 'Spending', income: 'Income', transfer: 'Transfers', excluded: 'Excluded' })[
      kind
    ] ?? kind,
  merchant: (merchant) => `Merchant: ${merchant}`,
  currency: (currency) => currency,
  flow: (flow) => (flow === 'in' ? 'Money in' : 'Money out'),
  min: (amount, format) => `At least ${formatAmountInput(amount, format)}`,
  max: (amount, format) => `At most ${formatAmountInput(amount, format)}`,
  from: (date, format) => `From ${format.date(date)}`,
  to: (date, format) => `To ${format.date(date)}`,
  pending: (pending) => (pending === 'yes' ? 'Pending' : 'Settled'),
  tag: (tag) => `Tag: ${tag}`
}

/** Labels of the active filters. */
export function activeFilters(
  filter: TransactionFilter,
  accounts: readonly LinkedAccountResponse[],
  format: Formatter
): { key: Key; text: string }[] {
  return FILTER_KEYS.flatMap((key) => {
    const value = filter[key]
    if (!value) return []
    const text =
      key === 'account' ? (accounts.find(({ id }) => id === value)?.name ?? 'One account') : value
    return [{ key, text: FILTER_LABELS[key](text, format) }]
  })
}
