import { expect, it } from 'vitest'
import { timeZoneOptions } from '@/app/(app)/(main)/settings/options'
import { isTimeZone } from '@/lib/api/transactions'

it('time zones are grouped, the United States first, and each is offered once', () => {
  const groups = timeZoneOptions()
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
