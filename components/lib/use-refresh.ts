'use client'

import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { useSWRConfig } from 'swr'

/** All SWR keys of the API. */
export const isApiKey = (key: unknown): boolean =>
  typeof key === 'string' && key.startsWith('/api/v1/')

/** Refreshes server components and SWR data. */
export function useRefresh(): () => Promise<void> {
  const router = useRouter()
  const { mutate } = useSWRConfig()
  return useCallback(async () => {
    router.refresh()
    await mutate(isApiKey).catch(() => {
      // Each reader shows its own error.
    })
  }, [router, mutate])
}
