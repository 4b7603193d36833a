import { expect, test } from 'vitest'
import { LOCK_LINK_LIMIT, NETWORK_LIMITS } from '@/lib/domain/users/cost-classes'

test('a network may press links of e-mails 30 times an hour, and each link 10 times', () => {
  expect(NETWORK_LIMITS).toEqual({ locks: { limit: 30, windowMs: 3_600_000 } })
  expect(LOCK_LINK_LIMIT).toEqual({ limit: 10, windowMs: 3_600_000 })
})
