'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { PageResponse, TransactionResponse } from '@/lib/api/responses'
import {
  type TransactionSort,
  type TransactionFilter,
  toQueryString
} from '@/lib/domain/transactions/transaction-filter'
import { read } from '@/components/lib/api'
import { useChange } from '@/components/lib/live-updates'
import {
  type Piece,
  piecesAt,
  withNext,
  withPiece,
  withRows
} from '@/components/transactions/pages'

/** The most that one answer holds. */
const SIZE = 200

function pathOf(filter: TransactionFilter, sort: TransactionSort, cursor: string | null): string {
  const search = new URLSearchParams(toQueryString(filter, sort))
  search.set('limit', String(SIZE))
  if (cursor) search.set('cursor', cursor)
  return `/api/v1/transactions?${search}`
}

/**
 * A list of any length, read as far as it is scrolled. When something changes, its beginning and what is on the screen are read again at once, the
 * rest when it comes into sight.
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
  const [pieces, setPieces] = useState<readonly Piece[]>(() => withNext([], initial, 0))
  const [error, setError] = useState<unknown>(null)
  const [loading, setLoading] = useState(false)
  const latest = useRef(pieces)
  latest.current = pieces
  const [generation, setGeneration] = useState(0)
  const sight = useRef({ from: 0, to: 0 })
  const reading = useRef(new Set<string>())

  const put = useCallback((change: (now: readonly Piece[]) => readonly Piece[]) => {
    latest.current = change(latest.current)
    setPieces(latest.current)
  }, [])

  /** One request for one place at a time. */
  const fetchAt = useCallback(
    async (cursor: string | null, round: number, place: (page: PageResponse<TransactionResponse>) => void) => {
      const key = `${cursor ?? ''} ${round}`
      if (reading.current.has(key)) return
      reading.current.add(key)
      try {
        place(await read<PageResponse<TransactionResponse>>(pathOf(filter, sort, cursor)))
        setError(null)
      } catch (thrown) {
        setError(thrown)
      } finally {
        reading.current.delete(key)
      }
    },
    [filter, sort]
  )

  const loadMore = useCallback(async () => {
    const cursor = latest.current.at(-1)?.next
    if (!cursor) return
    setLoading(true)
    await fetchAt(cursor, generation, (page) =>
      put((now) => (now.at(-1)?.next === cursor ? withNext(now, page, generation) : now))
    )
    setLoading(false)
  }, [fetchAt, put, generation])

  useChange(() => setGeneration((now) => now + 1))
  const catchUp = useCallback(() => {
    for (const n of new Set([
      0,
      ...piecesAt(latest.current, sight.current.from, sight.current.to)
    ])) {
      const piece = latest.current[n]
      if (!piece || piece.generation >= generation) continue
      void fetchAt(piece.cursor, generation, (page) =>
        put((now) =>
          withPiece(
            now,
            now.findIndex(({ cursor }) => cursor === piece.cursor),
            page,
            { sort, generation }
          )
        )
      )
    }
  }, [generation, fetchAt, put, sort])
  useEffect(() => {
    if (pieces.length > 0) catchUp()
  }, [pieces, catchUp])
  const setSight = useCallback(
    (range: { from: number; to: number }) => {
      sight.current = range
      catchUp()
    },
    [catchUp]
  )

  /** Shows a change before the server has answered. @returns how to show again what was there. */
  const update = useCallback(
    (change: (row: TransactionResponse) => TransactionResponse) => {
      const before = new Map<TransactionResponse, TransactionResponse>()
      put((now) =>
        withRows(now, (row) => {
          const after = change(row)
          if (after !== row) before.set(after, row)
          return after
        })
      )
      return () => put((now) => withRows(now, (row) => before.get(row) ?? row))
    },
    [put]
  )

  const lists = useMemo(() => pieces.map(({ items }) => items), [pieces])
  const items = useMemo(() => ([] as TransactionResponse[]).concat(...lists), [lists])
  return {
    lists,
    items,
    more: Boolean(pieces.at(-1)?.next),
    loading,
    error,
    loadMore,
    update,
    setSight
  }
}
