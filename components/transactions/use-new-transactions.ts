'use client'

import { useEffect, useRef, useState } from 'react'
import { apiSend } from '@/components/lib/api'
import type { TransactionResponse } from '@/lib/api/responses'

const NONE: ReadonlySet<string> = new Set()

/**
 * Ids of rows that appeared above the first known row since the page opened, as opposed to older
 * rows loaded by scrolling.
 */
export function useNewArrivals(ids: readonly string[]): ReadonlySet<string> {
  const initialIds = useRef<ReadonlySet<string> | null>(null)
  if (initialIds.current === null || initialIds.current.size === 0) {
    initialIds.current = new Set(ids)
    return NONE
  }
  const knownIds = initialIds.current
  const lastKnown = ids.findLastIndex((id) => knownIds.has(id))
  return new Set((lastKnown < 0 ? ids : ids.slice(0, lastKnown)).filter((id) => !knownIds.has(id)))
}

/**
 * A newly linked bank brings years of history: transactions dated long before the last visit are
 * not new.
 */
const MAX_UNSEEN_AGE_MS = 10 * 86_400_000

/** Ids of transactions that are new since the last visit; records this visit. */
export function useUnseen(seenAt: string | null): (row: TransactionResponse) => boolean {
  // A refresh continues the visit; rows that were new at its start stay marked.
  const [lastSeenAt] = useState(seenAt)
  useEffect(() => {
    apiSend('/api/v1/transactions/last-seen', {}).catch(() => {
      // A failed update is repeated by the next visit; until then a few rows stay marked.
    })
  }, [])
  if (!lastSeenAt) return () => false
  const oldest = new Date(Date.parse(lastSeenAt) - MAX_UNSEEN_AGE_MS).toISOString().slice(0, 10)
  return ({ addedAt, date }) => addedAt > lastSeenAt && date >= oldest
}
