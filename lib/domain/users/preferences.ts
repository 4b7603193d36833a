/** Display preferences: theme, language, locale and time zone. */
import type { CalendarDate } from '@/lib/domain/dates'
import type { Language, PageLanguage } from '@/lib/domain/text/languages'

/** contrast: follows the system's light or dark with stronger borders and text. */
export const THEMES = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof THEMES)[number]

/** Locales for dates and money. */
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
  'es-US',
  'fr-FR',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'sv-SE'
] as const
export type Locale = (typeof LOCALES)[number]

/** What an e-mail is about, for the user to switch off. E-mails about safety have no switch. */
export const EMAIL_GROUPS = [
  'banks',
  'application',
  'deposits',
  'balances',
  'bills',
  'summary'
] as const
export type EmailGroup = (typeof EMAIL_GROUPS)[number]
/** `emailNotices` is the switch of `banks`; the others are listed in `emailsOff`. */
export const LISTED_GROUPS = EMAIL_GROUPS.filter((group) => group !== 'banks')
export type ListedGroup = Exclude<EmailGroup, 'banks'>

/** Null means the browser's setting. */
export type Preferences = {
  theme: Theme
  language: Language | null
  timeZone: string | null
  locale: Locale | null
  shortcuts: boolean
  emailNotices: boolean
  emailsOff: ListedGroup[]
}

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  language: null,
  timeZone: null,
  locale: null,
  shortcuts: true,
  emailNotices: true,
  emailsOff: []
}

type EmailSwitches = Pick<Preferences, 'emailNotices' | 'emailsOff'>

/** Whether the user wants e-mails of this group. */
export const wantsEmail = (
  { emailNotices, emailsOff }: EmailSwitches,
  group: EmailGroup
): boolean => (group === 'banks' ? emailNotices : !emailsOff.includes(group))

/** Whether a change switches e-mails on or off. */
export const changesEmails = (
  now: EmailSwitches,
  {
    emailNotices = now.emailNotices,
    emailsOff = now.emailsOff
  }: { [K in keyof EmailSwitches]?: EmailSwitches[K] | undefined }
): boolean => {
  const next = { emailNotices, emailsOff }
  return EMAIL_GROUPS.some((group) => wantsEmail(now, group) !== wantsEmail(next, group))
}

/** The theme on pages without a session, and on the first response after signing out. */
export const THEME_COOKIE = 'pangea_theme'
/** The browser's time zone, so that the server renders the user's current date. */
export const TIME_ZONE_COOKIE = 'pangea_zone'

export const isTheme = (text: string | undefined): text is Theme =>
  THEMES.some((theme) => theme === text)

/** The first supported locale of an Accept-Language header. */
export function negotiateLocale(acceptLanguage: string | null): Locale {
  for (const part of (acceptLanguage ?? '').split(',')) {
    const tag = part.replace(/;.*/, '').trim().toLowerCase()
    const found =
      LOCALES.find((one) => one.toLowerCase() === tag) ??
      LOCALES.find((one) => one.slice(0, 2) === tag)
    if (found) return found
  }
  return 'en-US'
}

/** The locale of dates and amounts for a user who has chosen none: one that fits the language. */
export function localeFor(language: PageLanguage, acceptLanguage: string | null): Locale {
  const accepted = negotiateLocale(acceptLanguage)
  if (accepted.startsWith('es') === (language === 'es')) return accepted
  return language === 'es' ? 'es-US' : 'en-US'
}

/** The locale and time zone that dates and money on a page are formatted with. */
export type Formatting = {
  locale: Locale
  /** Null if only the browser knows it. */
  timeZone: string | null
  today: CalendarDate
}
