'use client'

import { type ReactNode, useSyncExternalStore } from 'react'

const subscribeNever = () => () => {}

/** Whether the browser has taken over what the server drew. Until then both must draw the same. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    subscribeNever,
    () => true,
    () => false
  )

/**
 * Parts that draw something else once their script is there, such as Clerk's: on a slow phone that script may be ready before React has
 * reached them, and React would throw away the whole page for the difference.
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
