'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { setCookie } from '@/components/lib/cookies'
import { useServerChange } from '@/components/lib/live-updates'
import { TIME_ZONE_COOKIE } from '@/lib/domain/users/time-zone'

/** Changes come in bursts while a bank is read; the page is drawn again once they pause. */
const DEBOUNCE_MS = 600

/** Draws what the server has drawn again when something changed, and tells the server which day it is here. */
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
