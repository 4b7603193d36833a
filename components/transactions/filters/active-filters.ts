import type { LinkedAccountResponse } from '@/lib/api/responses'
import { formatAmountInput } from '@/lib/domain/money/amount-input'
import type { Text, TextKey } from '@/lib/domain/text/text'
import { categoryLabel } from '@/lib/domain/transactions/category-labels'
import { FILTER_KEYS, type TransactionFilter } from '@/lib/domain/transactions/transaction-filter'

type Key = (typeof FILTER_KEYS)[number]

type Formatter = {
  text: Text<'transactions'>
  locale: string
  date: (date: string) => string
}

const KIND_LABELS: Record<string, TextKey<'transactions'>> = {
  spending: 'Spending',
  income: 'Income',
  transfer: 'Transfers',
  excluded: 'Excluded'
}

function kindLabel(kind: string, { text }: Formatter): string {
  const label = KIND_LABELS[kind]
  return label ? text(label) : kind
}

const FILTER_LABELS: Record<Key, (value: string, format: Formatter) => string> = {
  q: (words) => `“${words}”`,
  account: (name) => name,
  category: (category, { text }) => categoryLabel(category, text),
  kind: kindLabel,
  merchant: (merchant, { text }) => text('Merchant: {merchant}', { merchant }),
  currency: (currency) => currency,
  flow: (flow, { text }) => (flow === 'in' ? text('Money in') : text('Money out')),
  min: (amount, { text, locale }) =>
    text('At least {amount}', { amount: formatAmountInput(amount, { locale }) }),
  max: (amount, { text, locale }) =>
    text('At most {amount}', { amount: formatAmountInput(amount, { locale }) }),
  from: (from, { text, date }) => text('From {date}', { date: date(from) }),
  to: (to, { text, date }) => text('To {date}', { date: date(to) }),
  pending: (pending, { text }) => (pending === 'yes' ? text('Pending') : text('Settled')),
  tag: (tag, { text }) => text('Tag: {tag}', { tag })
}

/** Labels of the active filters. */
export function activeFilters(
  filter: TransactionFilter,
  accounts: readonly LinkedAccountResponse[],
  format: Formatter
): { key: Key; label: string }[] {
  const { text } = format
  return FILTER_KEYS.flatMap((key) => {
    const value = filter[key]
    if (!value) return []
    const shown =
      key === 'account'
        ? (accounts.find(({ id }) => id === value)?.name ?? text('One account'))
        : value
    return [{ key, label: FILTER_LABELS[key](shown, format) }]
  })
}
