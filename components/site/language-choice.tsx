import { LANGUAGE_NAMES, LANGUAGES } from '@/lib/domain/text/languages'

/** The language of pages without a session, in this browser. Users choose theirs in the settings. */
export const LanguageChoice = ({ current }: { current: string }) => (
  <form method="post" action="/language" className="mt-4">
    <ul className="flex gap-x-6">
      {LANGUAGES.map((language) => (
        <li key={language}>
          <button
            type="submit"
            name="language"
            value={language}
            lang={language}
            aria-pressed={language === current}
            className="min-h-6 underline-offset-2 not-aria-pressed:underline aria-pressed:font-medium aria-pressed:text-ink"
          >
            {LANGUAGE_NAMES[language]}
          </button>
        </li>
      ))}
    </ul>
  </form>
)
