/** How the pages of one request look and write: the person's choice, else what the browser says. */
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { isZone } from '@/lib/api/transactions'
import { type CalendarDate, today } from '@/lib/domain/dates'
import { DEFAULT_PREFERENCES, isTheme, type Preferences, pickLocale, THEME_COOKIE, type Theme, type Writing } from '@/lib/domain/preferences'
import { ZONE_COOKIE } from '@/lib/domain/zone'
import { env } from '@/lib/platform/env'
import { isIntegrationError } from '@/lib/platform/errors'
import { DataService } from '@/lib/services'
import { findPerson } from './session'

/** Where most people who may open an account are; used until a browser has told better. */
const DEFAULT_ZONE = 'America/New_York'
const YEAR_SECONDS = 31_536_000

/** What the signed-in person has chosen. Looks are not worth a page: without the storage they are the usual ones. */
export const readPreferences = cache(async (): Promise<Preferences> => {
  const person = await findPerson()
  if (!person) return DEFAULT_PREFERENCES
  return DataService.getPreferences(person).catch((thrown: unknown) => {
    if (!isIntegrationError(thrown)) throw thrown
    return DEFAULT_PREFERENCES
  })
})

/** The theme that this browser was told last; for pages that nobody is signed in on. */
export async function themeHere(): Promise<Theme> {
  const told = (await cookies()).get(THEME_COOKIE)?.value
  return isTheme(told) ? told : 'system'
}

export const themeCookie = (theme: Theme): string =>
  `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${env().appUrl.startsWith('https:') ? '; Secure' : ''}`

/** Dates and amounts of this request. */
export const readWriting = cache(async (): Promise<Writing> => {
  const { timeZone, locale } = await readPreferences()
  return { locale: locale ?? pickLocale((await headers()).get('accept-language')), timeZone, today: await todayHere() }
})

export const todayHere = async (): Promise<CalendarDate> => today(await zoneHere())

/** The time zone that days are counted in: the person's choice, else what their browser told. */
export async function zoneHere(): Promise<string> {
  const told = (await readPreferences()).timeZone ?? (await cookies()).get(ZONE_COOKIE)?.value
  return told && isZone(told) ? told : DEFAULT_ZONE
}

/** Today's date for a caller of the API: in the zone they name, else as on their pages. */
export const todayIn = async (zone: string | undefined): Promise<CalendarDate> => (zone ? today(zone) : todayHere())
