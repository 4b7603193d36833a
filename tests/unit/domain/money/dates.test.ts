import { describe, expect, test } from 'vitest'
import { formatDate, isCalendarDate, isRealDate, today, yearsBetween } from '@/lib/domain/dates'

describe('isRealDate', () => {
  test.each([
    [2024, 2, 29, true],
    [2023, 2, 29, false],
    [1900, 2, 29, false],
    [2000, 2, 29, true],
    [2026, 4, 31, false],
    [2026, 13, 1, false],
    [2026, 0, 1, false],
    [2026, 1, 0, false],
    [26, 1, 1, false],
    [999, 1, 1, false],
    [1000, 1, 1, true],
    [2026, 1, 366, false],
    [Number.NaN, 1, 1, false]
  ])('%i-%i-%i is a valid date: %s', (year, month, day, real) => {
    expect(isRealDate(year, month, day)).toBe(real)
  })
})

describe('yearsBetween', () => {
  test.each([
    ['2008-11-21', '2026-11-21', 18],
    ['2008-11-22', '2026-11-21', 17],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2026-11-21', '2026-11-21', 0]
  ])('from %s to %s it is %i full years', (from, to, years) => {
    expect(yearsBetween(from, to)).toBe(years)
  })
})

describe('today', () => {
  test('is the calendar day in the user’s time zone, not the machine’s', () => {
    const instant = new Date('2026-11-21T11:30:00Z')
    expect(today('Pacific/Kiritimati', instant)).toBe('2026-11-22')
    expect(today('America/New_York', instant)).toBe('2026-11-21')
    expect(today('America/New_York', new Date('2026-11-21T03:00:00Z'))).toBe('2026-11-20')
  })
})

test('a calendar date reads as the same day everywhere', () => {
  expect(formatDate('2026-01-01')).toBe('Jan 1, 2026')
  expect(formatDate('2026-12-31')).toBe('Dec 31, 2026')
})

test.each([
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['2026-12-31', true],
  ['2026-1-05', false],
  ['2026-01-5', false],
  ['26-01-05', false],
  ['12026-01-05', false],
  ['2026-01-05T00:00:00Z', false],
  ['2026-01-011', false],
  ['2026/01/05', false],
  ['', false]
])('%s is a calendar date: %s', (text, valid) => {
  expect(isCalendarDate(text)).toBe(valid)
})
