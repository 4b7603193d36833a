import { describe, expect, it } from 'vitest'
import { type Cadence, fitDates, SCHEDULES } from '@/lib/domain/reports/recurring-dates'

function fitted(cadence: Cadence, dates: string[]) {
  const schedule = SCHEDULES.find((one) => one.cadence === cadence)
  return schedule && fitDates(dates, schedule)
}

describe('the next payment every few days', () => {
  it('is due on the usual weekday, although one payment came late', () => {
    const dates = ['2026-10-02', '2026-10-09', '2026-10-18', '2026-10-23', '2026-10-30']
    expect(fitted('weekly', dates)).toEqual({ off: 2, next: '2026-11-06' })
  })

  it.each([
    ['late', '2026-10-03', '2026-11-06'],
    ['early', '2026-10-01', '2026-11-06']
  ])('is due on the usual weekday, although the first payment came %s', (_, first, next) => {
    const dates = [first, '2026-10-09', '2026-10-16', '2026-10-23', '2026-10-30']
    expect(fitted('weekly', dates)).toEqual({ off: 1, next })
  })

  it('follows the last payments, where half of them moved by a day', () => {
    const dates = ['2026-10-01', '2026-10-08', '2026-10-16', '2026-10-23', '2026-10-30']
    expect(fitted('weekly', dates)).toEqual({ off: 2, next: '2026-11-06' })
  })

  it('is due two weeks after the last, on the day most payments share', () => {
    const dates = ['2026-09-04', '2026-09-18', '2026-10-05', '2026-10-16', '2026-10-31']
    expect(fitted('biweekly', dates)).toEqual({ off: 4, next: '2026-11-13' })
  })

  it('is due four weeks after the last, also with one payment missing', () => {
    const dates = ['2026-06-05', '2026-07-03', '2026-08-28', '2026-09-25']
    expect(fitted('four_weekly', dates)).toEqual({ off: 0, next: '2026-10-23' })
  })
})

describe('the next payment on a day of the month', () => {
  it('ignores payments before the last twelve', () => {
    const moved = ['2025-06-20', '2025-07-20', '2025-08-20', '2025-09-20']
    const since = Array.from({ length: 12 }, (_, n) => n + 10).map(
      (month) => `${2025 + Math.floor((month - 1) / 12)}-${`0${((month - 1) % 12) + 1}`.slice(-2)}`
    )
    const dates = [...moved, ...since.map((month) => `${month}-05`)]
    expect(fitted('monthly', dates)).toEqual({ off: 0, next: '2026-10-05' })
  })

  it.each([
    // Of 2026, the 15th of March and November is a Sunday, that of August a Saturday.
    [
      'after a weekend',
      ['2026-05-15', '2026-06-15', '2026-07-15', '2026-08-17', '2026-09-15', '2026-10-15'],
      '2026-11-16'
    ],
    [
      'before a weekend',
      ['2026-05-15', '2026-06-15', '2026-07-15', '2026-08-14', '2026-09-15', '2026-10-15'],
      '2026-11-13'
    ],
    // The 1st of February and March 2026 is a Sunday, that of August a Saturday.
    [
      'before the month begins',
      ['2026-01-30', '2026-02-27', '2026-04-01', '2026-05-01', '2026-06-01', '2026-07-01'],
      '2026-07-31'
    ],
    // The 31st of January and May 2026 is a weekend day, as is the 28th of February.
    [
      'after the month ends',
      ['2026-02-02', '2026-03-02', '2026-03-31', '2026-04-30', '2026-06-01', '2026-06-30'],
      '2026-07-31'
    ]
  ])('is a bank day %s', (_, dates, next) => {
    expect(fitted('monthly', dates)).toEqual({ off: 0, next })
  })

  it('is found where every payment was moved by a weekend', () => {
    expect(fitted('monthly', ['2026-02-17', '2026-03-16', '2026-08-17'])).toMatchObject({ off: 0 })
  })

  it('is the last day of a month, long or short', () => {
    const dates = ['2026-02-28', '2026-03-31', '2026-04-30']
    expect(fitted('monthly', dates)).toEqual({ off: 0, next: '2026-05-31' })
  })

  it('sums how far payments were from their day', () => {
    const dates = ['2026-06-09', '2026-07-09', '2026-08-11', '2026-09-09', '2026-10-08']
    expect(fitted('monthly', dates)).toEqual({ off: 2, next: '2026-11-09' })
  })

  it('is the day of the first payment, if two days fit equally well', () => {
    expect(fitted('monthly', ['2026-06-09', '2026-07-10'])).toEqual({ off: 1, next: '2026-08-09' })
  })

  it('is three or twelve months after the last', () => {
    expect(fitted('quarterly', ['2026-02-10', '2026-05-11', '2026-08-10'])).toEqual({
      off: 0,
      next: '2026-11-10'
    })
    expect(fitted('yearly', ['2024-03-01', '2025-03-01'])).toEqual({ off: 0, next: '2026-03-01' })
  })
})

describe('the next payment of two a month', () => {
  const dates = ['2026-07-03', '2026-07-20', '2026-08-03', '2026-08-20', '2026-09-03', '2026-09-20']

  it('is due on the day after which the last one did not come', () => {
    expect(fitted('semimonthly', dates)).toEqual({ off: 0, next: '2026-10-03' })
    expect(fitted('semimonthly', dates.slice(0, -1))).toEqual({ off: 0, next: '2026-09-20' })
  })

  it('sums the deviations of both days', () => {
    const days = ['07-08', '07-21', '08-08', '08-21', '09-10', '09-22']
    const uneven = days.map((day) => `2026-${day}`)
    expect(fitted('semimonthly', uneven)).toEqual({ off: 3, next: '2026-10-08' })
  })

  it('ignores payments before the last twelve on each day', () => {
    const months = Array.from({ length: 12 }, (_, n) => `2025-${`0${n + 1}`.slice(-2)}`)
    const regular = months.flatMap((month) => [`${month}-03`, `${month}-20`])
    const before = ['2024-11-10', '2024-11-27', '2024-12-10', '2024-12-27']
    expect(fitted('semimonthly', [...before, ...regular])).toEqual({ off: 0, next: '2026-01-03' })
  })
})
