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

type Page = PageResponse<TransactionResponse>

/** The loaded pages. `latest` has them also between renders. */
function useLoadedPages(initial: Page) {
  const [pages, setPages] = useState<readonly LoadedPage[]>(() => appendPage([], initial, 0))
  const latest = useRef(pages)
  latest.current = pages
  const updatePages = useCallback(
    (change: (now: readonly LoadedPage[]) => readonly LoadedPage[]) => {
      latest.current = change(latest.current)
      setPages(latest.current)
    },
    []
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
  return { pages, latest, updatePages, update }
}

/** Requests pages, one request per page at a time; `error` is that of the last one. */
function useFetchPage(filter: TransactionFilter, sort: TransactionSort) {
  const [error, setError] = useState<unknown>(null)
  const inFlight = useRef(new Set<string>())
  const fetchPage = useCallback(
    async (cursor: string | null, generation: number, onPage: (page: Page) => void) => {
      const key = `${cursor ?? ''} ${generation}`
      if (inFlight.current.has(key)) return
      inFlight.current.add(key)
      try {
        onPage(await apiGet<Page>(pagePath(filter, sort, cursor)))
        setError(null)
      } catch (thrown) {
        setError(thrown)
      } finally {
        inFlight.current.delete(key)
      }
    },
    [filter, sort]
  )
  return { fetchPage, error }
}

/** Reloads outdated pages when they are visible. @returns how the list tells what is visible. */
function useStalePages(
  { pages, latest, updatePages }: ReturnType<typeof useLoadedPages>,
  {
    fetchPage,
    generation,
    sort
  }: {
    fetchPage: ReturnType<typeof useFetchPage>['fetchPage']
    generation: number
    sort: TransactionSort
  }
) {
  const visibleRange = useRef({ from: 0, to: 0 })
  const refetchStale = useCallback(() => {
    const { from, to } = visibleRange.current
    for (const n of new Set([0, ...pagesInRange(latest.current, from, to)])) {
      const stalePage = latest.current[n]
      if (!stalePage || stalePage.generation >= generation) continue
      void fetchPage(stalePage.cursor, generation, (page) =>
        updatePages((now) => {
          const at = now.findIndex(({ cursor }) => cursor === stalePage.cursor)
          return replacePage(now, at, page, { sort, generation })
        })
      )
    }
  }, [latest, generation, fetchPage, updatePages, sort])
  useEffect(() => {
    if (pages.length > 0) refetchStale()
  }, [pages, refetchStale])
  return useCallback(
    (range: { from: number; to: number }) => {
      visibleRange.current = range
      refetchStale()
    },
    [refetchStale]
  )
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
  initial: Page
  filter: TransactionFilter
  sort: TransactionSort
}) {
  const loaded = useLoadedPages(initial)
  const { pages, latest, updatePages, update } = loaded
  const { fetchPage, error } = useFetchPage(filter, sort)
  const [loading, setLoading] = useState(false)
  const [generation, setGeneration] = useState(0)
  useServerChange(() => setGeneration((now) => now + 1))

  const loadMore = useCallback(async () => {
    const cursor = latest.current.at(-1)?.next
    if (!cursor) return
    setLoading(true)
    await fetchPage(cursor, generation, (page) =>
      updatePages((now) => (now.at(-1)?.next === cursor ? appendPage(now, page, generation) : now))
    )
    setLoading(false)
  }, [latest, fetchPage, updatePages, generation])

  const setVisibleRange = useStalePages(loaded, { fetchPage, generation, sort })
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
    setVisibleRange
  }
}
