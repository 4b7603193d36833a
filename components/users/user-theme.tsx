'use client'

import { useEffect } from 'react'
import { setCookie } from '@/components/lib/cookies'
import { THEME_COOKIE, type Theme } from '@/lib/domain/users/preferences'

/**
 * Sets the user's theme as an attribute before the first paint, also on a new device, and as a
 * cookie for pages without a user.
 */
export function UserTheme({ theme }: { theme: Theme }) {
  useEffect(() => {
    setCookie(THEME_COOKIE, theme)
  }, [theme])
  return <div hidden data-user-theme={theme} />
}
