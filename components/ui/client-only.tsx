'use client'

import { type ReactNode, useSyncExternalStore } from 'react'

const subscribeNever = () => () => {}

/** Whether hydration is done. Until then the output must match the server's. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    subscribeNever,
    () => true,
    () => false
  )

/**
 * Renders children after hydration only: Clerk's script can be ready before React, and a mismatch
 * would discard the whole page.
 */
export function ClientOnly({
  children,
  fallback = null
}: {
  children: ReactNode
  fallback?: ReactNode
}) {
  return useHydrated() ? children : fallback
}
