/** The languages of the pages. The vendors' texts and Jiko's agreements have languages of their own. */

export const LANGUAGES = ['en', 'es'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each in its own language, as users look for it. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', es: 'Español' }

/** The language on pages without a session, and of a user who has not chosen one. */
export const LANGUAGE_COOKIE = 'pangea_language'

/**
 * English with accents and a third longer, to find clipped and untranslated text. Only the cookie
 * selects it, with this value.
 */
export const PSEUDO_LANGUAGE = 'en-XA'
export type PageLanguage = Language | typeof PSEUDO_LANGUAGE

export const isLanguage = (text: string | null | undefined): text is Language =>
  LANGUAGES.some((language) => language === text)

export const isPageLanguage = (text: string | undefined): text is PageLanguage =>
  text === PSEUDO_LANGUAGE || isLanguage(text)

/** A text of the deployment (pangea.config.ts). The pseudo-language has none of its own. */
export const inLanguage = (texts: Record<Language, string>, language: PageLanguage): string =>
  texts[language === PSEUDO_LANGUAGE ? 'en' : language]

/** The first of our languages in an Accept-Language header; its order is taken as the preference. */
export function negotiateLanguage(acceptLanguage: string | null): Language {
  for (const part of (acceptLanguage ?? '').split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase()
    if (isLanguage(language)) return language
  }
  return 'en'
}
