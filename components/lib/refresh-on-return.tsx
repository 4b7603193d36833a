'use client'

import { useEffect } from 'react'
import { useRefresh } from '@/components/lib/use-refresh'

/** Refreshes a page that the back button restored. */
export function RefreshOnReturn() {
  const refresh = useRefresh()
  useEffect(() => {
    const onPageShow = (event: PageTransitionEvent) => event.persisted && void refresh()
    const onPopState = () => void refresh()
    window.addEventListener('pageshow', onPageShow)
    window.addEventListener('popstate', onPopState)
    return () => {
      window.removeEventListener('pageshow', onPageShow)
      window.removeEventListener('popstate', onPopState)
    }
  }, [refresh])
  return null
}
