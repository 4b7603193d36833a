'use client'

import { setCookie } from '@/components/lib/cookies'
import { LANGUAGE_COOKIE, LANGUAGE_NAMES, LANGUAGES } from '@/lib/domain/text/languages'

/** The language of pages without a session, in this browser. Users choose theirs in the settings. */
export function LanguageChoice({ current }: { current: string }) {
  return (
    <ul className="mt-4 flex gap-x-6">
      {LANGUAGES.map((language) => (
        <li key={language}>
          <button
            type="button"
            lang={language}
            aria-pressed={language === current}
            className="min-h-6 underline-offset-2 not-aria-pressed:underline aria-pressed:font-medium aria-pressed:text-ink"
            onClick={() => {
              if (setCookie(LANGUAGE_COOKIE, language)) location.reload()
            }}
          >
            {LANGUAGE_NAMES[language]}
          </button>
        </li>
      ))}
    </ul>
  )
}
