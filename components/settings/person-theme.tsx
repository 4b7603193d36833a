'use client'

import { useEffect } from 'react'
import { THEME_COOKIE, type Theme } from '@/lib/domain/preferences'

const YEAR_MS = 31_536_000_000

/**
 * The person's theme as a mark in the page, which the style sheet reads before anything is painted: right on a device that they have never
 * used before. The browser is told as well, for pages on which nobody is signed in.
 */
export function PersonTheme({ theme }: { theme: Theme }) {
  useEffect(() => {
    if (!('cookieStore' in globalThis)) return
    keep(theme).catch(() => {
      // A browser that keeps no cookies: its signed-out pages look the usual way.
    })
  }, [theme])
  return <div hidden data-person-theme={theme} />
}

async function keep(theme: Theme): Promise<void> {
  if ((await cookieStore.get(THEME_COOKIE))?.value === theme) return
  await cookieStore.set({ name: THEME_COOKIE, value: theme, sameSite: 'lax', expires: Date.now() + YEAR_MS })
}
