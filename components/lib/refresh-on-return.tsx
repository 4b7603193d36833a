'use client'

import { useEffect } from 'react'
import { useRefresh } from '@/components/lib/use-refresh'

/** A page that comes back by the back button shows the true state, not the one it was left in. */
export function FreshOnReturn() {
  const refresh = useRefresh()
  useEffect(() => {
    const shown = (event: PageTransitionEvent) => event.persisted && void refresh()
    const moved = () => void refresh()
    window.addEventListener('pageshow', shown)
    window.addEventListener('popstate', moved)
    return () => {
      window.removeEventListener('pageshow', shown)
      window.removeEventListener('popstate', moved)
    }
  }, [refresh])
  return null
}
