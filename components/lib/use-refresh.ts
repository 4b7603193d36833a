'use client'

import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { useSWRConfig } from 'swr'

/** Everything that SWR has read from the API. */
export const isApiKey = (key: unknown): boolean =>
  typeof key === 'string' && key.startsWith('/api/v1/')

/** The one way to show what has changed on the server: server components and SWR's data are both read again. */
export function useRefresh(): () => Promise<void> {
  const router = useRouter()
  const { mutate } = useSWRConfig()
  return useCallback(async () => {
    router.refresh()
    await mutate(isApiKey).catch(() => {
      // Each reader shows its own fault.
    })
  }, [router, mutate])
}
