import { afterEach, describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  dayInMonth,
  daysBetween,
  formatMonth,
  formatPeriod,
  isMonth,
  monthPeriods,
  monthsUntil,
  previousPeriod
} from '@/lib/domain/periods'

const zone = process.env.TZ
afterEach(() => {
  process.env.TZ = zone
})

describe.each(['UTC', 'Etc/GMT+12', 'Pacific/Kiritimati', 'America/New_York', 'Europe/Berlin'])(
  'calendar arithmetic in %s',
  (name) => {
    it('shifts no day and no month, across daylight saving changes too', () => {
      process.env.TZ = name
      expect(addDays('2026-03-07', 2)).toBe('2026-03-09')
      expect(addDays('2026-11-01', 1)).toBe('2026-11-02')
      expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
      expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31)
      expect(addMonths('2026-01', -1)).toBe('2025-12')
      expect(monthsUntil('2026-02', 3)).toEqual(['2025-12', '2026-01', '2026-02'])
      expect(formatMonth('2026-11')).toBe('November 2026')
      expect(formatPeriod({ from: '2026-11-01', to: '2026-11-21' })).toMatch(/^Nov 1\s*–\s*21$/)
    })
  }
)

describe('periods', () => {
  it('compare an unfinished month with as many days of the one before', () => {
    expect(monthPeriods('2026-03', '2026-03-30')).toEqual({
      current: { from: '2026-03-01', to: '2026-03-30' },
      previous: { from: '2026-02-01', to: '2026-02-28' }
    })
  })
  it('compare a whole month with a whole month', () => {
    expect(monthPeriods('2026-02', '2026-03-30')).toEqual({
      current: { from: '2026-02-01', to: '2026-02-28' },
      previous: { from: '2026-01-01', to: '2026-01-31' }
    })
  })
  it('return as many days right before', () => {
    expect(previousPeriod({ from: '2026-03-01', to: '2026-03-10' })).toEqual({
      from: '2026-02-19',
      to: '2026-02-28'
    })
  })
  it('use a month’s last day when it has no such day', () => {
    expect([
      dayInMonth('2028-02', 31),
      dayInMonth('2026-02', 31),
      dayInMonth('2026-04', 5)
    ]).toEqual(['2028-02-29', '2026-02-28', '2026-04-05'])
  })
  it('are written for a chart in short and narrow form', () => {
    expect(formatMonth('2026-11', 'short')).toBe('Nov')
    expect(formatMonth('2026-11', 'narrow')).toBe('N')
    expect(formatMonth('2026-11', 'short', 'de-DE')).toBe('Nov')
  })
  it('validate a month’s format', () => {
    expect(
      ['2026-01', '2026-12', '2026-13', '2026-1', '0026-01', '2026-01-01', '12026-01'].map((text) =>
        isMonth(text)
      )
    ).toEqual([true, true, false, false, false, false, false])
  })
})
