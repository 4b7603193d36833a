/**
 * The transaction filter. A sum and the list behind it use the same filter, so they always agree.
 */

import type { CalendarDate } from '@/lib/domain/dates'
import type { TransactionKind } from '@/lib/domain/transactions/categories'

export const TRANSACTION_SORTS = ['newest', 'oldest', 'largest', 'smallest'] as const
export type TransactionSort = (typeof TRANSACTION_SORTS)[number]

export type TransactionFilter = {
  /** Substring of a name, case-insensitive. */
  q?: string | undefined
  account?: string | undefined
  /** A primary category, or UNCATEGORIZED. */
  category?: string | undefined
  kind?: TransactionKind | undefined
  /** Exact merchant name, case-insensitive. */
  merchant?: string | undefined
  currency?: string | undefined
  flow?: 'in' | 'out' | undefined
  /** Bounds of the absolute amount, as decimal text in the row's currency. */
  min?: string | undefined
  max?: string | undefined
  from?: CalendarDate | undefined
  to?: CalendarDate | undefined
  pending?: 'yes' | 'no' | undefined
  /** Exact tag. */
  tag?: string | undefined
}

/** In the order of the query string. */
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

/** The filter as a query string in a fixed key order; empty for no filter. */
export function toQueryString(filter: TransactionFilter, sort: TransactionSort = 'newest'): string {
  const pairs = FILTER_KEYS.flatMap((key): [string, string][] =>
    filter[key] ? [[key, filter[key]]] : []
  )
  return new URLSearchParams(sort === 'newest' ? pairs : [...pairs, ['sort', sort]]).toString()
}

/** The page that lists these transactions. */
export const transactionsHref = (filter: TransactionFilter): string => {
  const search = toQueryString(filter)
  return search ? `/transactions?${search}` : '/transactions'
}

export const isFiltered = (filter: TransactionFilter): boolean =>
  FILTER_KEYS.some((key) => Boolean(filter[key]))
