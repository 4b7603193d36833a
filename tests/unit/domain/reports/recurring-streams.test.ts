import { describe, expect, it } from 'vitest'
import type { RecurringPayment } from '@/lib/domain/reports/recurring'
import { addReported, type ReportedPayment } from '@/lib/domain/reports/recurring-streams'

const ON = '2026-03-10'
const GYM: ReportedPayment = {
  merchant: 'iron gym',
  name: 'Iron Gym',
  currency: 'USD',
  category: 'ENTERTAINMENT',
  cadence: 'monthly',
  minor: -4_500n,
  fixed: false,
  lastOn: '2026-02-20',
  nextOn: '2026-03-20'
}
const RENT: RecurringPayment = {
  merchant: 'acme homes',
  words: 'acme homes',
  name: 'Acme Homes',
  currency: 'USD',
  category: 'RENT_AND_UTILITIES',
  cadence: 'monthly',
  minor: -120_000n,
  fixed: true,
  lastOn: '2026-03-01',
  nextOn: '2026-04-01'
}
const namesOf = (detected: RecurringPayment[], ...reported: ReportedPayment[]) =>
  addReported(detected, reported, ON).map(({ name }) => name)

describe('a payment that Plaid reports', () => {
  it('is added where we found none, in the order of the next dates', () => {
    expect(addReported([RENT], [GYM], ON)).toEqual([{ ...GYM, words: 'iron gym' }, RENT])
  })

  it('is listed as we detected it if both found it, whatever the reference number', () => {
    const reported = {
      ...GYM,
      merchant: 'acme homes 20260301',
      cadence: 'weekly' as const,
      minor: -1n
    }
    expect(addReported([RENT], [reported], ON)).toEqual([RENT])
  })

  it.each([
    ['money that comes in', { minor: 120_000n }],
    ['another currency', { currency: 'EUR' }]
  ])('is another payment if it is %s', (_, more) => {
    expect(namesOf([RENT], { ...GYM, merchant: 'acme homes', ...more })).toEqual([
      'Iron Gym',
      'Acme Homes'
    ])
  })

  it.each([
    ['at a shop', 'FOOD_AND_DRINK', false, []],
    ['at a shop for one price', 'FOOD_AND_DRINK', true, ['Iron Gym']],
    ['without a category', null, false, []],
    ['without a category for one price', null, true, ['Iron Gym']]
  ])('%s is listed only for one price', (_, category, fixed, names) => {
    expect(namesOf([], { ...GYM, category, fixed })).toEqual(names)
  })

  it('is listed until its date is past by the days that a payment may be late', () => {
    expect(namesOf([], { ...GYM, nextOn: '2026-03-03' })).toEqual(['Iron Gym'])
    expect(namesOf([], { ...GYM, nextOn: '2026-03-02' })).toEqual([])
  })
})
