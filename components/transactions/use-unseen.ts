'use client'

import { useEffect, useState } from 'react'
import { apiSend } from '@/components/lib/api'
import type { TransactionResponse } from '@/lib/api/responses'

/**
 * A newly linked bank brings years of history: transactions dated long before the last visit are
 * not new.
 */
const MAX_UNSEEN_AGE_MS = 10 * 86_400_000

/** Ids of transactions that are new since the last visit; records this visit. */
export function useUnseen(seenAt: string | null): (row: TransactionResponse) => boolean {
  // A refresh continues the visit; rows that were new at its start stay marked.
  const [seen] = useState(seenAt)
  useEffect(() => {
    apiSend('/api/v1/transactions/visits', {}).catch(() => {
      // A failed update is repeated by the next visit; until then a few rows stay marked.
    })
  }, [])
  if (!seen) return () => false
  const oldest = new Date(Date.parse(seen) - MAX_UNSEEN_AGE_MS).toISOString().slice(0, 10)
  return ({ addedAt, date }) => addedAt > seen && date >= oldest
}
