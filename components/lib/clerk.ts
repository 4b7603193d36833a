'use client'

import { useClerk } from '@clerk/nextjs'
import { useCallback } from 'react'
import { createApiError } from '@/components/lib/api'
import { browserText } from '@/components/text/browser-text'

/** Clerk's script times out after 15 s and then still calls its server. */
const LOAD_TIMEOUT_MS = 25_000

type ClerkStatus = 'loading' | 'ready' | 'degraded' | 'error'
type LoadableClerk = {
  loaded: boolean
  on(event: 'status', listener: (status: ClerkStatus) => void, options: { notify: boolean }): void
}

/**
 * Waits for Clerk's script, which can load late on a slow network. @throws ApiError
 * clerk_not_loaded.
 */
export function useLoadedClerk() {
  const clerk = useClerk()
  return useCallback(async () => {
    await waitForClerk(clerk as unknown as LoadableClerk)
    return clerk
  }, [clerk])
}

export function waitForClerk(clerk: LoadableClerk, timeoutMs = LOAD_TIMEOUT_MS): Promise<void> {
  if (clerk.loaded) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const settle = (status: ClerkStatus) => {
      if (status === 'loading') return
      clearTimeout(timer)
      if (status === 'error') reject(notLoadedError())
      else resolve()
    }
    const timer = setTimeout(() => settle('error'), timeoutMs)
    clerk.on('status', settle, { notify: true })
  })
}

export const notLoadedError = () =>
  createApiError(
    0,
    'clerk_not_loaded',
    browserText()(
      'Our sign-in service could not be loaded, so nothing was changed. Check your internet connection, then reload the page.'
    )
  )

/** Clerk's error code of a failed browser SDK call; null without a response. */
export function clerkErrorCode(thrown: unknown): string | null {
  const errors = thrown instanceof Error && 'errors' in thrown ? thrown.errors : null
  const [first] = Array.isArray(errors) ? (errors as { code?: string }[]) : []
  return first?.code ?? null
}
