'use client'

import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { useSWRConfig } from 'swr'
import { isApiKey, useNotifyListeners } from '@/components/lib/live-updates'

/** Refreshes server components and SWR data; paged lists listen, because SWR skips their keys. */
export function useRefresh(): () => Promise<void> {
  const router = useRouter()
  const { mutate } = useSWRConfig()
  const notifyListeners = useNotifyListeners()
  return useCallback(async () => {
    router.refresh()
    notifyListeners()
    await mutate(isApiKey).catch(() => {
      // Each reader shows its own error.
    })
  }, [router, mutate, notifyListeners])
}
