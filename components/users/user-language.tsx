'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { setCookie } from '@/components/lib/cookies'
import { LANGUAGE_COOKIE, type Language } from '@/lib/domain/text/languages'

/** Takes over a language that the user has chosen in another browser. Null for none. */
export function UserLanguage({ language }: { language: Language | null }) {
  const { refresh } = useRouter()
  useEffect(() => {
    if (language && setCookie(LANGUAGE_COOKIE, language)) refresh()
  }, [language, refresh])
  return null
}
