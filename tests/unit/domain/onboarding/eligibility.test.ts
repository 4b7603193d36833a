import { describe, expect, test } from 'vitest'
import { ineligibility } from '@/lib/domain/onboarding/eligibility'
import { UNSERVED_REGIONS, US_STATES } from '@/lib/domain/onboarding/states-and-countries'

const TODAY = '2026-11-21'
const born = (date: string) => ineligibility({ question: 'dateOfBirth', answer: { date } }, TODAY)
const living = (state: string) =>
  ineligibility(
    {
      question: 'address',
      answer: { street: '1 Main St', street2: null, city: 'Reno', state, postalCode: '89501' }
    },
    TODAY
  )

describe('applicants that Jiko cannot serve', () => {
  test('are under 18 until the day of their birthday', () => {
    expect(born('2008-11-22')).toBe('under_18')
    expect(born('2008-11-21')).toBeNull()
    expect(born('1930-01-01')).toBeNull()
  })

  test('do not include residents of the 50 states, the District of Columbia or military addresses', () => {
    expect(US_STATES.filter(([code]) => living(code) !== null)).toEqual([])
  })

  test('include everyone who lives elsewhere', () => {
    expect(UNSERVED_REGIONS.filter(([code]) => living(code) !== 'not_served')).toEqual([])
    expect(living('')).toBe('not_served')
  })

  test('do not depend on any other answer', () => {
    expect(ineligibility({ question: 'citizenship', answer: { country: 'NG' } }, TODAY)).toBeNull()
  })
})
