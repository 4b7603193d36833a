/** How a person wants the app to look and to write. */
import type { CalendarDate } from '@/lib/domain/dates'

/** contrast: the system's light or dark, with stronger lines and words. */
export const THEMES = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof THEMES)[number]

/** Whose way of writing dates and money can be chosen. The words stay English. */
export const LOCALES = [
  'en-US',
  'en-GB',
  'en-CA',
  'en-AU',
  'en-IN',
  'de-DE',
  'de-CH',
  'es-ES',
  'es-MX',
  'fr-FR',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'sv-SE'
] as const
export type Locale = (typeof LOCALES)[number]

/** Null is what the browser says. */
export type Preferences = {
  theme: Theme
  timeZone: string | null
  locale: Locale | null
  shortcuts: boolean
  emailNotices: boolean
}

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  timeZone: null,
  locale: null,
  shortcuts: true,
  emailNotices: true
}

/** Holds the theme for pages on which nobody is signed in, and for the first answer after that. */
export const THEME_COOKIE = 'pangea_theme'

export const isTheme = (text: string | undefined): text is Theme =>
  THEMES.some((theme) => theme === text)

/** The first of a browser's languages (an Accept-Language header) that we know how to write for. */
export function negotiateLocale(acceptLanguage: string | null): Locale {
  for (const part of (acceptLanguage ?? '').split(',')) {
    const tag = part.split(';')[0]?.trim().toLowerCase() ?? ''
    const found =
      LOCALES.find((one) => one.toLowerCase() === tag) ??
      LOCALES.find((one) => one.slice(0, 2) === tag)
    if (found) return found
  }
  return 'en-US'
}

/** Where and how somebody reads: what every date and amount on a page is written by. */
export type Formatting = {
  locale: Locale
  /** Null where only the browser knows. */
  timeZone: string | null
  today: CalendarDate
}
