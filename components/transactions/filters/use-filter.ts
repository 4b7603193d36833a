'use client'

import { useRouter } from 'next/navigation'
import { useRef, useTransition } from 'react'
import {
  type TransactionFilter,
  type TransactionSort,
  toQueryString
} from '@/lib/domain/transactions/transaction-filter'

const filterHref = (filter: TransactionFilter, sort: TransactionSort): string => {
  const search = toQueryString(filter, sort)
  return search ? `/transactions?${search}` : '/transactions'
}

/** Changes the filter in the URL. The current list stays until the new one has loaded. */
export function useFilter(filter: TransactionFilter, sort: TransactionSort) {
  const router = useRouter()
  const [busy, startNavigation] = useTransition()
  // Consecutive changes add up, even before the server has responded.
  const pending = useRef({ filter, sort })
  if (!busy) pending.current = { filter, sort }
  const set = (change: Partial<Record<keyof TransactionFilter | 'sort', string>>) => {
    const { sort: nextSort = pending.current.sort, ...rest } = change
    pending.current = {
      filter: { ...pending.current.filter, ...rest } as TransactionFilter,
      sort: nextSort as TransactionSort
    }
    const href = filterHref(pending.current.filter, pending.current.sort)
    startNavigation(() => router.replace(href, { scroll: false }))
  }
  return {
    busy,
    set,
    hrefWithout: (key: keyof TransactionFilter) => filterHref({ ...filter, [key]: undefined }, sort)
  }
}
