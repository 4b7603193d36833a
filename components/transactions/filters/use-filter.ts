'use client'

import { useRouter } from 'next/navigation'
import { useRef, useTransition } from 'react'
import {
  type TransactionSort,
  type TransactionFilter,
  toQueryString
} from '@/lib/domain/transactions/transaction-filter'

const addressOf = (filter: TransactionFilter, sort: TransactionSort): string => {
  const search = toQueryString(filter, sort)
  return search ? `/transactions?${search}` : '/transactions'
}

/** Changes the filter in the address. The list that is there stays until the new one has come. */
export function useFilter(filter: TransactionFilter, sort: TransactionSort) {
  const router = useRouter()
  const [busy, start] = useTransition()
  // Two changes in a row both hold, also where the second comes before the server has answered the first.
  const wanted = useRef({ filter, sort })
  if (!busy) wanted.current = { filter, sort }
  const set = (change: Partial<Record<keyof TransactionFilter | 'sort', string>>) => {
    const { sort: order = wanted.current.sort, ...rest } = change
    wanted.current = {
      filter: { ...wanted.current.filter, ...rest } as TransactionFilter,
      sort: order as TransactionSort
    }
    const address = addressOf(wanted.current.filter, wanted.current.sort)
    start(() => router.replace(address, { scroll: false }))
  }
  return {
    busy,
    set,
    hrefWithout: (key: keyof TransactionFilter) => addressOf({ ...filter, [key]: undefined }, sort)
  }
}
