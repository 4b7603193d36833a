'use client'

import { useEffect } from 'react'
import { setCookie } from '@/components/lib/cookies'
import { THEME_COOKIE, type Theme } from '@/lib/domain/users/preferences'

/**
 * The person's theme as a mark in the page, which the style sheet reads before anything is painted: right on a device that they have never
 * used before. The browser is told as well, for pages on which nobody is signed in.
 */
export function UserTheme({ theme }: { theme: Theme }) {
  useEffect(() => {
    setCookie(THEME_COOKIE, theme)
  }, [theme])
  return <div hidden data-person-theme={theme} />
}
