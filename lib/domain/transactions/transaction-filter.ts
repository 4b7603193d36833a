/** Which transactions are meant. A number and the list behind it carry the same filter, so that one always adds up to the other. */

import type { CalendarDate } from '@/lib/domain/dates'
import type { TransactionKind } from '@/lib/domain/transactions/categories'

export const TRANSACTION_SORTS = ['newest', 'oldest', 'largest', 'smallest'] as const
export type TransactionSort = (typeof TRANSACTION_SORTS)[number]

export type TransactionFilter = {
  /** Part of a name, in any case. */
  q?: string | undefined
  /** Our id of an account. */
  account?: string | undefined
  /** A primary category, or UNCATEGORIZED. */
  category?: string | undefined
  kind?: TransactionKind | undefined
  /** Exactly who was paid, in any case. */
  merchant?: string | undefined
  currency?: string | undefined
  flow?: 'in' | 'out' | undefined
  /** Bounds of the amount without its sign, as decimal text in the row's own currency. */
  min?: string | undefined
  max?: string | undefined
  from?: CalendarDate | undefined
  to?: CalendarDate | undefined
  pending?: 'yes' | 'no' | undefined
  /** Exactly one of the person's tags. */
  tag?: string | undefined
}

/** In the order in which they stand in an address. */
export const FILTER_KEYS = [
  'q',
  'account',
  'category',
  'kind',
  'merchant',
  'currency',
  'flow',
  'min',
  'max',
  'from',
  'to',
  'pending',
  'tag'
] as const satisfies (keyof TransactionFilter)[]

/** The filter as the query of an address, always in the same order; empty for no filter. */
export function toQueryString(filter: TransactionFilter, sort: TransactionSort = 'newest'): string {
  const pairs = FILTER_KEYS.flatMap((key): [string, string][] =>
    filter[key] ? [[key, filter[key]]] : []
  )
  return new URLSearchParams(sort === 'newest' ? pairs : [...pairs, ['sort', sort]]).toString()
}

/** The page that lists exactly these transactions. */
export const transactionsHref = (filter: TransactionFilter): string => {
  const search = toQueryString(filter)
  return search ? `/transactions?${search}` : '/transactions'
}

export const isFiltered = (filter: TransactionFilter): boolean =>
  FILTER_KEYS.some((key) => Boolean(filter[key]))
