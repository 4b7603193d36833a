import { describe, expect, it } from 'vitest'
import { dateFormatter, formatDate, today } from '@/lib/domain/dates'
import { formatMoney } from '@/lib/domain/money/money'
import { systemActor } from '@/lib/domain/users/actor'
import {
  changesEmails,
  DEFAULT_PREFERENCES,
  isTheme,
  LISTED_GROUPS,
  LOCALES,
  localeFor,
  negotiateLocale,
  THEME_COOKIE,
  THEMES,
  TIME_ZONE_COOKIE,
  wantsEmail
} from '@/lib/domain/users/preferences'

describe('formatting', () => {
  it.each([
    ['de,en;q=0.8', 'de-DE'],
    ['en-GB,en;q=0.9', 'en-GB'],
    ['tlh, sv;q=0.5', 'sv-SE'],
    ['zh-CN', 'en-US'],
    ['', 'en-US'],
    [' , FR-fr ;q=1', 'fr-FR'],
    [null, 'en-US']
  ])('uses the first supported language of "%s"', (header, locale) => {
    expect(negotiateLocale(header)).toBe(locale)
  })

  it.each([
    ['es', 'es-MX', 'es-MX'],
    ['es', 'en-GB', 'es-US'],
    ['en', 'en-GB', 'en-GB'],
    ['en', 'de-DE', 'de-DE'],
    ['en', 'es-MX', 'en-US'],
    ['es', null, 'es-US'],
    ['en', null, 'en-US']
  ] as const)('of a page in %s for a browser in %s is %s', (language, accepted, locale) => {
    expect(localeFor(language, accepted)).toBe(locale)
  })

  it('formats every date and amount in every locale', () => {
    for (const locale of LOCALES) {
      expect(formatDate('2026-03-05', locale)).toContain('2026')
      expect(formatMoney({ minor: -123_456n, currency: 'USD' }, locale)).toMatch(/1\D?234\D56/)
    }
  })
})

describe('the current day', () => {
  it.each([
    ['2026-03-08T06:59:59Z', 'Etc/GMT+12', '2026-03-07'],
    ['2026-03-08T12:00:00Z', 'Etc/GMT+12', '2026-03-08'],
    ['2026-03-08T09:59:59Z', 'Pacific/Kiritimati', '2026-03-08'],
    ['2026-03-08T10:00:00Z', 'Pacific/Kiritimati', '2026-03-09'],
    // The clocks of New York go forward at 07:00Z on that day and back at 06:00Z on 1 November.
    ['2026-03-08T04:59:59Z', 'America/New_York', '2026-03-07'],
    ['2026-03-08T05:00:00Z', 'America/New_York', '2026-03-08'],
    ['2026-03-09T03:59:59Z', 'America/New_York', '2026-03-08'],
    ['2026-03-09T04:00:00Z', 'America/New_York', '2026-03-09'],
    ['2026-11-02T04:59:59Z', 'America/New_York', '2026-11-01'],
    ['2026-11-02T05:00:00Z', 'America/New_York', '2026-11-02']
  ])('at %s in %s is %s', (at, zone, day) => {
    expect(today(zone, new Date(at))).toBe(day)
    expect(dateFormatter(zone)(at)).toBe(day)
  })
})

describe('preferences', () => {
  it('follow the browser until the user sets them, with shortcuts and e-mails on', () => {
    expect(DEFAULT_PREFERENCES).toEqual({
      theme: 'system',
      language: null,
      timeZone: null,
      locale: null,
      shortcuts: true,
      emailNotices: true,
      emailsOff: []
    })
  })

  it('accept the offered themes and no other text', () => {
    expect(THEMES.every(isTheme)).toBe(true)
    expect(['', 'Dark', 'blue', undefined].some(isTheme)).toBe(false)
  })

  it('keep the names of the cookies that browsers have', () => {
    expect([THEME_COOKIE, TIME_ZONE_COOKIE]).toEqual(['pangea_theme', 'pangea_zone'])
  })
})

it('the system acts under a stated reason', () => {
  expect(systemActor('webhook')).toEqual({ kind: 'system', reason: 'webhook' })
})

describe('e-mail switches', () => {
  it('are kept in a list, except the one for banks', () => {
    expect(LISTED_GROUPS).toEqual(['application', 'deposits', 'balances', 'bills', 'summary'])
  })

  it('turn off their own group', () => {
    const off = { emailNotices: false, emailsOff: ['application' as const] }
    expect([wantsEmail(DEFAULT_PREFERENCES, 'banks'), wantsEmail(off, 'banks')]).toEqual([
      true,
      false
    ])
    expect(wantsEmail({ ...off, emailsOff: [] }, 'application')).toBe(true)
    expect(wantsEmail({ ...off, emailNotices: true }, 'application')).toBe(false)
  })

  it.each([
    [{}, false],
    [{ emailNotices: true, emailsOff: [] }, false],
    [{ emailNotices: false }, true],
    [{ emailsOff: ['application' as const] }, true]
  ])('are changed by %o: %s', (change, changed) => {
    expect(changesEmails(DEFAULT_PREFERENCES, change)).toBe(changed)
  })
})
