'use client'

import { useRef } from 'react'

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
