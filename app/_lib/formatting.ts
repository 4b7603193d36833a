/** Theme, language, locale and time zone of one request: the user's preferences, else the browser's. */
import { cookies, headers } from 'next/headers'
import { NextRequest } from 'next/server'
import { cache } from 'react'
import { findUser, hasSessionHint } from '@/app/_lib/session'
import { isTimeZone } from '@/lib/api/transactions'
import { type CalendarDate, today } from '@/lib/domain/dates'
import {
  isPageLanguage,
  LANGUAGE_COOKIE,
  type Language,
  negotiateLanguage,
  type PageLanguage
} from '@/lib/domain/text/languages'
import type { UserActor } from '@/lib/domain/users/actor'
import {
  DEFAULT_PREFERENCES,
  type Formatting,
  isTheme,
  localeFor,
  type Preferences,
  THEME_COOKIE,
  type Theme,
  TIME_ZONE_COOKIE
} from '@/lib/domain/users/preferences'
import { env } from '@/lib/platform/env'
import { isIntegrationError } from '@/lib/platform/errors'
import { DataService } from '@/lib/services'

/** Default until the browser has sent its time zone. */
const DEFAULT_TIME_ZONE = 'America/New_York'
const YEAR_SECONDS = 31_536_000

/** The user's preferences. Falls back to defaults: preferences must not break a page. */
export const getPreferences = cache(async (): Promise<Preferences> => {
  const user = await findUser()
  return user ? preferencesOf(user) : DEFAULT_PREFERENCES
})

const preferencesOf = (user: UserActor): Promise<Preferences> =>
  DataService.getPreferences(user).catch((thrown: unknown) => {
    if (!isIntegrationError(thrown)) throw thrown
    return DEFAULT_PREFERENCES
  })

/** The theme cookie, for pages without a signed-in user. */
export async function getTheme(): Promise<Theme> {
  const stored = (await cookies()).get(THEME_COOKIE)?.value
  return isTheme(stored) ? stored : 'system'
}

/** Cookies of the preferences that pages without a session follow. */
export const preferenceCookies = ({ theme, language }: Preferences): string[] => [
  cookie(THEME_COOKIE, theme, YEAR_SECONDS),
  language ? languageCookie(language) : cookie(LANGUAGE_COOKIE, '', 0)
]

export const languageCookie = (language: Language): string =>
  cookie(LANGUAGE_COOKIE, language, YEAR_SECONDS)

const cookie = (name: string, value: string, seconds: number): string =>
  `${name}=${value}; Path=/; Max-Age=${seconds}; SameSite=Lax${env().appUrl.startsWith('https:') ? '; Secure' : ''}`

/**
 * The language of this browser, else that of the user, else the first that the browser accepts.
 * `UserLanguage` sets the cookie when the user has chosen another one elsewhere.
 */
export const getLanguage = cache(async (): Promise<PageLanguage> => {
  const stored = (await cookies()).get(LANGUAGE_COOKIE)?.value
  if (isPageLanguage(stored)) return stored
  const chosen = (await hasSessionHint())
    ? (await getPreferences().catch(() => DEFAULT_PREFERENCES)).language
    : null
  return chosen ?? negotiateLanguage((await headers()).get('accept-language'))
})

/** Formats dates and amounts in the locale of this request. */
export const getFormatting = cache(async (): Promise<Formatting> => {
  const { timeZone, locale } = await getPreferences()
  const accepted = (await headers()).get('accept-language')
  return {
    locale: locale ?? localeFor(await getLanguage(), accepted),
    timeZone,
    today: await getToday()
  }
})

export const getToday = async (): Promise<CalendarDate> => today(await getTimeZone())

/** The time zone of calendar days: the user's preference, else the browser's. */
export async function getTimeZone(): Promise<string> {
  return orDefault(
    (await getPreferences()).timeZone ?? (await cookies()).get(TIME_ZONE_COOKIE)?.value
  )
}

const orDefault = (timeZone: string | undefined): string =>
  timeZone && isTimeZone(timeZone) ? timeZone : DEFAULT_TIME_ZONE

/** The time zone of an API call: its parameter, else that of the pages. */
export async function zoneFor(user: UserActor, request: Request, named?: string): Promise<string> {
  const { cookies } = new NextRequest(request.url, { headers: request.headers })
  return (
    named ?? orDefault((await preferencesOf(user)).timeZone ?? cookies.get(TIME_ZONE_COOKIE)?.value)
  )
}

export const todayFor = async (
  user: UserActor,
  request: Request,
  named?: string
): Promise<CalendarDate> => today(await zoneFor(user, request, named))
