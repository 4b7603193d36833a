'use client'

import { useRouter } from 'next/navigation'
import { useSWRConfig } from 'swr'

/** After a change: what SWR holds and what the server has drawn are both read again. */
export function useRedraw(): () => Promise<void> {
  const router = useRouter()
  const { mutate } = useSWRConfig()
  return async () => {
    router.refresh()
    await mutate((key) => typeof key === 'string' && key.startsWith('/api/v1/'))
  }
}
