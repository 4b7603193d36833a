import type { WireAccount } from '@/lib/api/answers'
import { categoryName } from '@/lib/domain/categories'
import { formatDate } from '@/lib/domain/dates'
import { FILTER_KEYS, type TransactionFilter } from '@/lib/domain/transaction-filter'

type Key = (typeof FILTER_KEYS)[number]

const WORDS: Record<Key, (value: string, write: (date: string) => string) => string> = {
  q: (text) => `“${text}”`,
  account: (name) => name,
  category: categoryName,
  kind: (kind) => ({ spending: 'Spending', income: 'Income', transfer: 'Transfers', excluded: 'Left out' })[kind] ?? kind,
  merchant: (merchant) => `Merchant: ${merchant}`,
  currency: (currency) => currency,
  flow: (flow) => (flow === 'in' ? 'Money in' : 'Money out'),
  min: (amount) => `At least ${amount}`,
  max: (amount) => `At most ${amount}`,
  from: (date, write) => `From ${write(date)}`,
  to: (date, write) => `To ${write(date)}`,
  pending: (pending) => (pending === 'yes' ? 'Pending' : 'Settled'),
  tag: (tag) => `Tag: ${tag}`
}

/** Each part of a filter in words. */
export function activeFilters(filter: TransactionFilter, accounts: readonly WireAccount[], write = formatDate): { key: Key; text: string }[] {
  return FILTER_KEYS.flatMap((key) => {
    const value = filter[key]
    if (!value) return []
    const text = key === 'account' ? (accounts.find(({ id }) => id === value)?.name ?? 'One account') : value
    return [{ key, text: WORDS[key](text, write) }]
  })
}
