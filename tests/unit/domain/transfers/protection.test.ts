import { describe, expect, test } from 'vitest'
import {
  NEW_COUNTERPARTY_MS,
  WITHDRAWAL_COUNTS,
  WITHDRAWAL_LIMITS
} from '@/lib/domain/transfers/protection'

const days = (count: number) => count * 24 * 3_600_000

describe('withdrawals', () => {
  test.each([
    [0, 500_000n],
    [6, 500_000n],
    [7, 2_500_000n],
    [29, 2_500_000n],
    [30, undefined]
  ])('from an account that is %d days old are limited to %s cents a day', (age, minor) => {
    expect(WITHDRAWAL_LIMITS.find(({ untilMs }) => days(age) < untilMs)?.minor).toBe(minor)
  })

  test('are at most five in an hour and ten in a day', () => {
    expect(WITHDRAWAL_COUNTS).toEqual([
      { withinMs: 3_600_000, count: 5 },
      { withinMs: days(1), count: 10 }
    ])
  })
})

test('an account at another bank is new for a week', () => {
  expect(NEW_COUNTERPARTY_MS).toBe(days(7))
})
