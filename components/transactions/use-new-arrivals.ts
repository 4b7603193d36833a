'use client'

import { useRef } from 'react'

const NOTHING: ReadonlySet<string> = new Set()

/**
 * The ids that were not there when the page was opened and stand above everything that was: what arrived, as opposed to what was loaded
 * by going further back.
 */
export function useFresh(ids: readonly string[]): ReadonlySet<string> {
  const opened = useRef<ReadonlySet<string> | null>(null)
  if (opened.current === null || opened.current.size === 0) {
    opened.current = new Set(ids)
    return NOTHING
  }
  const known = opened.current
  const lastKnown = ids.findLastIndex((id) => known.has(id))
  return new Set((lastKnown < 0 ? ids : ids.slice(0, lastKnown)).filter((id) => !known.has(id)))
}
