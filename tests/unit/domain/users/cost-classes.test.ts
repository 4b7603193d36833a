import { expect, test } from 'vitest'
import {
  LOCK_LINK_LIMIT,
  NETWORK_LIMITS,
  RATE_LIMITS,
  USER_VENDOR_BUDGET,
  VENDOR_BUDGET
} from '@/lib/domain/users/cost-classes'

const MINUTE = 60_000
const DAY = 86_400_000

test('a network may press links of e-mails 30 times an hour, and each link 10 times', () => {
  expect(NETWORK_LIMITS).toEqual({
    locks: { limit: 30, windowMs: 3_600_000 },
    esign: { limit: 600, windowMs: 3_600_000 }
  })
  expect(LOCK_LINK_LIMIT).toEqual({ limit: 10, windowMs: 3_600_000 })
})

test('the number of the test page may be tried 20 times a day, everything else counts by minute', () => {
  const { 'application.agreements': guess, ...others } = RATE_LIMITS
  expect(guess).toEqual({ cost: 'guess', limit: 20, windowMs: DAY })
  for (const { windowMs } of Object.values(others)) expect(windowMs).toBe(MINUTE)
})

test('a call to a vendor also takes from budgets of the user and of all users', () => {
  expect(RATE_LIMITS['transfer.confirm']).toEqual({
    cost: 'vendor',
    limit: 10,
    windowMs: MINUTE,
    vendor: 'jiko'
  })
  expect(RATE_LIMITS['transactions.edit']).toEqual({ cost: 'write', limit: 240, windowMs: MINUTE })
  expect(USER_VENDOR_BUDGET).toEqual({ limit: 240, windowMs: MINUTE })
  expect(VENDOR_BUDGET).toEqual({ limit: 1_200, windowMs: MINUTE })
})
