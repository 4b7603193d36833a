'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { setCookie } from '@/components/lib/cookies'
import { useServerChange } from '@/components/lib/live-updates'
import { TIME_ZONE_COOKIE } from '@/lib/domain/users/preferences'

/** Debounce in ms: a sync reports changes in bursts. */
const DEBOUNCE_MS = 600

/** Refreshes server components after a change, and sends the browser's time zone. */
export function RefreshOnChange() {
  const router = useRouter()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useServerChange(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => router.refresh(), DEBOUNCE_MS)
  })
  useEffect(() => {
    if (setCookie(TIME_ZONE_COOKIE, Intl.DateTimeFormat().resolvedOptions().timeZone))
      router.refresh()
    return () => clearTimeout(timer.current)
  }, [router])
  return null
}
