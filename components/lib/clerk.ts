'use client'

import { useClerk } from '@clerk/nextjs'
import { useCallback } from 'react'
import { fault } from '@/components/lib/api'

/** Clerk gives its own script 15 s, and then it still has to reach its server. */
const LIMIT_MS = 25_000

type ClerkStatus = 'loading' | 'ready' | 'degraded' | 'error'
type Loading = {
  loaded: boolean
  on(event: 'status', listener: (status: ClerkStatus) => void, options: { notify: boolean }): void
}

/** Waits for Clerk's script, which may come long after the page on a slow network. @throws ApiError clerk_not_loaded where it cannot be loaded. */
export function useClerkReady() {
  const clerk = useClerk()
  return useCallback(async () => {
    await whenReady(clerk as unknown as Loading)
    return clerk
  }, [clerk])
}

export function whenReady(clerk: Loading, limitMs = LIMIT_MS): Promise<void> {
  if (clerk.loaded) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const settle = (status: ClerkStatus) => {
      if (status === 'loading') return
      clearTimeout(timer)
      if (status === 'error') reject(notLoaded())
      else resolve()
    }
    const timer = setTimeout(() => settle('error'), limitMs)
    clerk.on('status', settle, { notify: true })
  })
}

const notLoaded = () =>
  fault(
    0,
    'clerk_not_loaded',
    'The service that confirms who you are could not be loaded. Nothing was done. Check your internet connection, then reload the page.'
  )
