import { describe, expect, test } from 'vitest'
import { bankHolidays, isBankDay, settlementDay } from '@/lib/domain/transfers/settlement'
import { settlementSchedule } from '@/sandbox/jiko/transfers/settlement-windows'

const newYork = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  dateStyle: 'short'
})

describe('bank days', () => {
  test('exclude weekends and the Federal Reserve’s holidays', () => {
    expect(bankHolidays(2026).sort()).toEqual([
      '2026-01-01',
      '2026-01-19',
      '2026-02-16',
      '2026-05-25',
      '2026-06-19',
      '2026-07-04',
      '2026-09-07',
      '2026-10-12',
      '2026-11-11',
      '2026-11-26',
      '2026-12-25'
    ])
    expect(
      ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-30'].map(isBankDay)
    ).toEqual([true, false, true, false, true])
  })

  test('observe a holiday on Sunday on Monday, and not one on a Saturday', () => {
    expect(isBankDay('2027-07-05')).toBe(false)
    expect(isBankDay('2026-07-03')).toBe(true)
  })
})

describe('the arrival date', () => {
  test.each([
    // Tuesday, two bank days after it was sent.
    ['before noon, small', 'in', 2_499_999n, '2026-11-17T16:59:00Z', '2026-11-19'],
    ['after noon: as if the next day', 'in', 2_499_999n, '2026-11-17T17:00:00Z', '2026-11-20'],
    [
      'before noon, large: the next day between the banks',
      'in',
      2_500_000n,
      '2026-11-17T16:59:00Z',
      '2026-11-20'
    ],
    ['noon is New York’s, in summer too', 'in', 10_000n, '2026-07-14T15:59:00Z', '2026-07-16'],
    ['on a Saturday it goes out on Monday', 'in', 10_000n, '2026-11-21T15:00:00Z', '2026-11-25'],
    ['over Thanksgiving', 'in', 10_000n, '2026-11-25T15:00:00Z', '2026-11-30'],
    [
      'late on Friday in New York, already Saturday in London',
      'in',
      10_000n,
      '2026-11-21T02:00:00Z',
      '2026-11-25'
    ],
    [
      'out: a day more, for selling the bills',
      'out',
      10_000n,
      '2026-11-17T16:00:00Z',
      '2026-11-20'
    ],
    ['over New Year', 'out', 10_000n, '2026-12-31T16:00:00Z', '2027-01-06']
  ] as const)('%s', (_, direction, amount, at, day) => {
    expect(settlementDay(direction, amount, new Date(at))).toBe(day)
  })

  test('matches the emulator, at any hour of two years', () => {
    for (let at = Date.UTC(2026, 0, 1, 0, 30); at < Date.UTC(2028, 0, 1); at += 19 * 3_600_000)
      for (const cents of [100, 2_500_000])
        for (const direction of ['in', 'out'] as const)
          expect(
            newYork.format(settlementSchedule(direction === 'in', cents, at).settledAt),
            new Date(at).toISOString()
          ).toBe(settlementDay(direction, BigInt(cents), new Date(at)))
  })
})
