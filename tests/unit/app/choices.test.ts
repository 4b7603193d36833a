import { expect, it } from 'vitest'
import { localeOptions, timeZoneOptions } from '@/app/(app)/(main)/settings/options'
import { isTimeZone } from '@/lib/api/transactions'
import { textIn } from '@/lib/domain/text/catalogs'

it('time zones are grouped, the United States first, and each is offered once', () => {
  const groups = timeZoneOptions(textIn('en'))
  const zones = groups.flatMap(({ options }) => options.map(({ value }) => value))
  expect(groups[0]?.label).toBe('United States')
  expect(groups[0]?.options.slice(0, 5).map(({ label }) => label)).toEqual([
    'Eastern (New York)',
    'Central (Chicago)',
    'Mountain (Denver)',
    'Mountain without daylight saving (Phoenix)',
    'Pacific (Los Angeles)'
  ])
  expect(new Set(zones).size).toBe(zones.length)
  expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([])
  for (const zone of ['UTC', 'Europe/Berlin', 'America/Buenos_Aires']) expect(zones).toContain(zone)
})

it('time zones and locales are named in the page’s language', () => {
  const text = textIn('es', 'users')
  expect(timeZoneOptions(text)[0]?.options[0]?.label).toBe('Este (Nueva York)')
  expect(timeZoneOptions(text).map(({ label }) => label)).toContain('Antártida')
  expect(localeOptions(text).find(({ value }) => value === 'es-MX')?.label).toMatch(
    /español \(México\)$/
  )
})
