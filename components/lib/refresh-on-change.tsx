'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { TIME_ZONE_COOKIE } from '@/lib/domain/users/time-zone'
import { keepCookie } from '@/components/lib/cookies'
import { useChange } from '@/components/lib/live-updates'

/** Changes come in bursts while a bank is read; the page is drawn again once they pause. */
const PAUSE_MS = 600

/** Draws what the server has drawn again when something changed, and tells the server which day it is here. */
export function FreshNumbers() {
  const router = useRouter()
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useChange(() => {
    clearTimeout(waiting.current)
    waiting.current = setTimeout(() => router.refresh(), PAUSE_MS)
  })
  useEffect(() => {
    if (keepCookie(TIME_ZONE_COOKIE, Intl.DateTimeFormat().resolvedOptions().timeZone)) router.refresh()
    return () => clearTimeout(waiting.current)
  }, [router])
  return null
}
