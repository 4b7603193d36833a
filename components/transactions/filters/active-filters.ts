import type { LinkedAccountResponse } from '@/lib/api/responses'
import { categoryName } from '@/lib/domain/transactions/categories'
import { FILTER_KEYS, type TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import { formatAmountInput } from '@/lib/domain/money/amount-input'

type Key = (typeof FILTER_KEYS)[number]

type Write = { locale: string; date: (date: string) => string }

const WORDS: Record<Key, (value: string, write: Write) => string> = {
  q: (text) => `“${text}”`,
  account: (name) => name,
  category: categoryName,
  kind: (kind) =>
    ({ spending: 'Spending', income: 'Income', transfer: 'Transfers', excluded: 'Left out' })[
      kind
    ] ?? kind,
  merchant: (merchant) => `Merchant: ${merchant}`,
  currency: (currency) => currency,
  flow: (flow) => (flow === 'in' ? 'Money in' : 'Money out'),
  min: (amount, write) => `At least ${formatAmountInput(amount, write)}`,
  max: (amount, write) => `At most ${formatAmountInput(amount, write)}`,
  from: (date, write) => `From ${write.date(date)}`,
  to: (date, write) => `To ${write.date(date)}`,
  pending: (pending) => (pending === 'yes' ? 'Pending' : 'Settled'),
  tag: (tag) => `Tag: ${tag}`
}

/** Each part of a filter in words. */
export function activeFilters(
  filter: TransactionFilter,
  accounts: readonly LinkedAccountResponse[],
  write: Write
): { key: Key; text: string }[] {
  return FILTER_KEYS.flatMap((key) => {
    const value = filter[key]
    if (!value) return []
    const text =
      key === 'account' ? (accounts.find(({ id }) => id === value)?.name ?? 'One account') : value
    return [{ key, text: WORDS[key](text, write) }]
  })
}
