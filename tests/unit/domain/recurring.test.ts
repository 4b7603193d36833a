import { describe, expect, it } from 'vitest'
import { findRecurring, perMonth, type Series } from '@/lib/domain/recurring'

const series = (dates: string[], minors: bigint[] = dates.map(() => -1_000n)): Series => ({
  merchant: 'streamwell',
  name: 'Streamwell',
  currency: 'USD',
  category: 'ENTERTAINMENT',
  payments: dates.map((date, n) => ({ date, minor: minors[n] ?? 0n }))
})
const found = (dates: string[], on: string, minors?: bigint[]) => {
  const one = findRecurring(series(dates, minors), on)
  return one && [one.cadence, one.nextOn]
}

describe('payments that come again', () => {
  it.each<[string, string[], string, string, string]>([
    ['weekly', ['2026-03-15', '2026-03-08', '2026-03-01'], '2026-03-16', 'weekly', '2026-03-22'],
    ['every second week', ['2026-03-20', '2026-03-06', '2026-02-20'], '2026-03-21', 'biweekly', '2026-04-03'],
    ['monthly, a day or two late now and then', ['2026-03-07', '2026-02-05', '2026-01-05', '2025-12-06'], '2026-03-21', 'monthly', '2026-04-06'],
    ['monthly on the last day', ['2026-03-31', '2026-02-28', '2026-01-31'], '2026-04-02', 'monthly', '2026-04-30'],
    ['quarterly', ['2026-03-01', '2025-12-01', '2025-09-01'], '2026-03-21', 'quarterly', '2026-06-01'],
    ['yearly, after two', ['2026-03-01', '2025-03-02'], '2026-03-21', 'yearly', '2027-03-02']
  ])('finds %s', (_name, dates, on, cadence, next) => {
    expect(found(dates, on)).toEqual([cadence, next])
  })

  it('sees none in two payments, in uneven gaps, or in amounts far apart', () => {
    expect(found(['2026-03-05', '2026-02-05'], '2026-03-21')).toBeNull()
    expect(found(['2026-03-15', '2026-03-02', '2026-02-27', '2026-02-01'], '2026-03-21')).toBeNull()
    expect(found(['2026-03-05', '2026-02-05', '2026-01-05'], '2026-03-21', [-1_000n, -9_000n, -1_000n])).toBeNull()
  })

  it('forgets one that has stopped, and keeps one that is a few days late', () => {
    const dates = ['2026-03-05', '2026-02-05', '2026-01-05']
    expect(found(dates, '2026-04-10')).toEqual(['monthly', '2026-04-05'])
    expect(found(dates, '2026-04-14')).toBeNull()
  })

  it('takes a bill that moves with the season, and says that it moves', () => {
    const one = findRecurring(series(['2026-03-08', '2026-02-08', '2026-01-08'], [-8_000n, -10_000n, -11_500n]), '2026-03-21')
    expect([one?.minor, one?.fixed]).toEqual([-8_000n, false])
  })

  it('spreads a yearly and a weekly amount over months', () => {
    expect([perMonth({ minor: -12_000n, cadence: 'yearly' }), perMonth({ minor: -1_200n, cadence: 'weekly' })]).toEqual([-1_000n, -5_200n])
  })
})
