/** How the pages of one request look and write: the person's choice, else what the browser says. */
import { cookies, headers } from 'next/headers'
import { NextRequest } from 'next/server'
import { cache } from 'react'
import { isTimeZone } from '@/lib/api/transactions'
import type { UserActor } from '@/lib/domain/users/actor'
import { type CalendarDate, today } from '@/lib/domain/dates'
import {
  DEFAULT_PREFERENCES,
  isTheme,
  type Preferences,
  negotiateLocale,
  THEME_COOKIE,
  type Theme,
  type Formatting
} from '@/lib/domain/users/preferences'
import { TIME_ZONE_COOKIE } from '@/lib/domain/users/time-zone'
import { env } from '@/lib/platform/env'
import { isIntegrationError } from '@/lib/platform/errors'
import { DataService } from '@/lib/services'
import { findPerson } from '@/app/_lib/session'

/** Where most people who may open an account are; used until a browser has told better. */
const DEFAULT_ZONE = 'America/New_York'
const YEAR_SECONDS = 31_536_000

/** What the signed-in person has chosen. Looks are not worth a page: without the storage they are the usual ones. */
export const readPreferences = cache(async (): Promise<Preferences> => {
  const person = await findPerson()
  return person ? preferencesOf(person) : DEFAULT_PREFERENCES
})

const preferencesOf = (person: UserActor): Promise<Preferences> =>
  DataService.getPreferences(person).catch((thrown: unknown) => {
    if (!isIntegrationError(thrown)) throw thrown
    return DEFAULT_PREFERENCES
  })

/** The theme that this browser was told last; for pages that nobody is signed in on. */
export async function themeHere(): Promise<Theme> {
  const told = (await cookies()).get(THEME_COOKIE)?.value
  return isTheme(told) ? told : 'system'
}

export const themeCookie = (theme: Theme): string =>
  `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${env().appUrl.startsWith('https:') ? '; Secure' : ''}`

/** Dates and amounts of this request. */
export const readWriting = cache(async (): Promise<Formatting> => {
  const { timeZone, locale } = await readPreferences()
  return {
    locale: locale ?? negotiateLocale((await headers()).get('accept-language')),
    timeZone,
    today: await todayHere()
  }
})

export const todayHere = async (): Promise<CalendarDate> => today(await zoneHere())

/** The time zone that days are counted in: the person's choice, else what their browser told. */
export async function zoneHere(): Promise<string> {
  return orDefault((await readPreferences()).timeZone ?? (await cookies()).get(TIME_ZONE_COOKIE)?.value)
}

const orDefault = (zone: string | undefined): string => (zone && isTimeZone(zone) ? zone : DEFAULT_ZONE)

/** For a caller of the API: the zone they name, else as on their pages. */
export async function zoneFor(
  person: UserActor,
  request: Request,
  named?: string
): Promise<string> {
  const { cookies } = new NextRequest(request.url, { headers: request.headers })
  return (
    named ?? orDefault((await preferencesOf(person)).timeZone ?? cookies.get(TIME_ZONE_COOKIE)?.value)
  )
}

export const todayFor = async (
  person: UserActor,
  request: Request,
  named?: string
): Promise<CalendarDate> => today(await zoneFor(person, request, named))
