'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { ZONE_COOKIE } from '@/lib/domain/zone'
import { useChange } from './live'

/** Changes come in bursts while a bank is read; the page is drawn again once they pause. */
const PAUSE_MS = 600
const YEAR_MS = 31_536_000_000

/** Draws what the server has drawn again when something changed, and tells the server which day it is here. */
export function FreshNumbers() {
  const router = useRouter()
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useChange(() => {
    clearTimeout(waiting.current)
    waiting.current = setTimeout(() => router.refresh(), PAUSE_MS)
  })
  useEffect(() => {
    tellZone()
      .then((news) => news && router.refresh())
      .catch(() => {
        // A browser that keeps no cookies: the server goes on with its usual time zone.
      })
    return () => clearTimeout(waiting.current)
  }, [router])
  return null
}

/** Keeps the browser's time zone in a cookie. @returns whether that is news to the server. */
async function tellZone(): Promise<boolean> {
  if (!('cookieStore' in globalThis)) return false
  const value = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)
  if ((await cookieStore.get(ZONE_COOKIE))?.value === value) return false
  await cookieStore.set({ name: ZONE_COOKIE, value, sameSite: 'lax', expires: Date.now() + YEAR_MS })
  return true
}
