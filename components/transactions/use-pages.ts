'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { apiGet } from '@/components/lib/api'
import { useServerChange } from '@/components/lib/live-updates'
import {
  appendPage,
  type LoadedPage,
  mapRows,
  pagesInRange,
  replacePage
} from '@/components/transactions/pages'
import type { PageResponse, TransactionResponse } from '@/lib/api/responses'
import {
  type TransactionFilter,
  type TransactionSort,
  toQueryString
} from '@/lib/domain/transactions/transaction-filter'

/** Maximum rows per response. */
const PAGE_SIZE = 200

function pagePath(filter: TransactionFilter, sort: TransactionSort, cursor: string | null): string {
  const search = new URLSearchParams(toQueryString(filter, sort))
  search.set('limit', String(PAGE_SIZE))
  if (cursor) search.set('cursor', cursor)
  return `/api/v1/transactions?${search}`
}

/**
 * An infinite list. After a change, the first page and the visible pages reload at once, others
 * when they become visible.
 */
export function usePages({
  initial,
  filter,
  sort
}: {
  initial: PageResponse<TransactionResponse>
  filter: TransactionFilter
  sort: TransactionSort
}) {
  const [pages, setPages] = useState<readonly LoadedPage[]>(() => appendPage([], initial, 0))
  const [error, setError] = useState<unknown>(null)
  const [loading, setLoading] = useState(false)
  const latest = useRef(pages)
  latest.current = pages
  const [generation, setGeneration] = useState(0)
  const visibleRange = useRef({ from: 0, to: 0 })
  const inFlight = useRef(new Set<string>())

  const updatePages = useCallback(
    (change: (now: readonly LoadedPage[]) => readonly LoadedPage[]) => {
      latest.current = change(latest.current)
      setPages(latest.current)
    },
    []
  )

  /** One request per page at a time. */
  const fetchPage = useCallback(
    async (
      cursor: string | null,
      requestGeneration: number,
      onPage: (page: PageResponse<TransactionResponse>) => void
    ) => {
      const key = `${cursor ?? ''} ${requestGeneration}`
      if (inFlight.current.has(key)) return
      inFlight.current.add(key)
      try {
        onPage(await apiGet<PageResponse<TransactionResponse>>(pagePath(filter, sort, cursor)))
        setError(null)
      } catch (thrown) {
        setError(thrown)
      } finally {
        inFlight.current.delete(key)
      }
    },
    [filter, sort]
  )

  const loadMore = useCallback(async () => {
    const cursor = latest.current.at(-1)?.next
    if (!cursor) return
    setLoading(true)
    await fetchPage(cursor, generation, (page) =>
      updatePages((now) => (now.at(-1)?.next === cursor ? appendPage(now, page, generation) : now))
    )
    setLoading(false)
  }, [fetchPage, updatePages, generation])

  useServerChange(() => setGeneration((now) => now + 1))
  const refetchStale = useCallback(() => {
    for (const n of new Set([
      0,
      ...pagesInRange(latest.current, visibleRange.current.from, visibleRange.current.to)
    ])) {
      const stalePage = latest.current[n]
      if (!stalePage || stalePage.generation >= generation) continue
      void fetchPage(stalePage.cursor, generation, (page) =>
        updatePages((now) =>
          replacePage(
            now,
            now.findIndex(({ cursor }) => cursor === stalePage.cursor),
            page,
            { sort, generation }
          )
        )
      )
    }
  }, [generation, fetchPage, updatePages, sort])
  useEffect(() => {
    if (pages.length > 0) refetchStale()
  }, [pages, refetchStale])
  const setVisibleRange = useCallback(
    (range: { from: number; to: number }) => {
      visibleRange.current = range
      refetchStale()
    },
    [refetchStale]
  )

  /** Applies a change optimistically. @returns a function that reverts it. */
  const update = useCallback(
    (change: (row: TransactionResponse) => TransactionResponse) => {
      const before = new Map<TransactionResponse, TransactionResponse>()
      updatePages((now) =>
        mapRows(now, (row) => {
          const after = change(row)
          if (after !== row) before.set(after, row)
          return after
        })
      )
      return () => updatePages((now) => mapRows(now, (row) => before.get(row) ?? row))
    },
    [updatePages]
  )

  const lists = useMemo(() => pages.map(({ items }) => items), [pages])
  const items = useMemo(() => ([] as TransactionResponse[]).concat(...lists), [lists])
  return {
    lists,
    items,
    more: Boolean(pages.at(-1)?.next),
    loading,
    error,
    loadMore,
    update,
    setSight: setVisibleRange
  }
}
