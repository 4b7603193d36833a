import { describe, expect, test } from 'vitest'
import {
  COUNTRIES,
  UNSERVED_REGIONS,
  US_STATES
} from '@/lib/domain/onboarding/states-and-countries'

describe('countries and states', () => {
  test('are all of ISO 3166-1, each with a name', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
    expect(new Set(COUNTRIES).size).toBe(249)
    expect(COUNTRIES.filter((code) => !/^[A-Z]{2}$/.test(code) || !names.of(code))).toEqual([])
  })

  test('are 50 states, the capital and three armed forces regions; no other region is served', () => {
    const served: string[] = US_STATES.map(([code]) => code)
    expect(new Set(served).size).toBe(54)
    for (const code of [...served, ...UNSERVED_REGIONS.map(([region]) => region)])
      expect(code).toMatch(/^[A-Z]{2}$/)
    expect(UNSERVED_REGIONS.filter(([code]) => served.includes(code))).toEqual([])
    for (const [, name] of [...US_STATES, ...UNSERVED_REGIONS]) expect(name).not.toBe('')
  })
})
