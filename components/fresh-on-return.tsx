'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** A page that comes back by the back button shows the true state, not the one it was left in. */
export function FreshOnReturn() {
  const router = useRouter()
  useEffect(() => {
    const shown = (event: PageTransitionEvent) => event.persisted && router.refresh()
    const moved = () => router.refresh()
    window.addEventListener('pageshow', shown)
    window.addEventListener('popstate', moved)
    return () => {
      window.removeEventListener('pageshow', shown)
      window.removeEventListener('popstate', moved)
    }
  }, [router])
  return null
}
