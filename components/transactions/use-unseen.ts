'use client'

import { useEffect, useState } from 'react'
import { apiSend } from '@/components/lib/api'
import type { TransactionResponse } from '@/lib/api/responses'

/** A bank that was just linked brings years of history: what was booked long before the last visit is no news. */
const MAX_UNSEEN_AGE_MS = 10 * 86_400_000

/** Tells which transactions came since the person's last visit, and notes that they are here now. */
export function useUnseen(seenAt: string | null): (row: TransactionResponse) => boolean {
  // The visit goes on while the page is drawn anew; what was new at its start stays marked.
  const [seen] = useState(seenAt)
  useEffect(() => {
    apiSend('/api/v1/transactions/visits', {}).catch(() => {
      // The next visit notes it; until then a few rows stay marked.
    })
  }, [])
  if (!seen) return () => false
  const oldest = new Date(Date.parse(seen) - MAX_UNSEEN_AGE_MS).toISOString().slice(0, 10)
  return ({ addedAt, date }) => addedAt > seen && date >= oldest
}
