import { expect, test } from 'vitest'
import { type Attempt, outageOf } from '@/scripts/drill/failover/traffic'

const attempt = (at: number, endedAt: number, fault: string | null = null): Attempt => ({
  at,
  endedAt,
  ok: !fault,
  fault,
  write: null
})

test('service is back when a request that arrived after the kill is answered, and none that arrives later fails', () => {
  const attempts = [
    attempt(900, 1_050),
    attempt(990, 1_100, 'webhook 503'),
    attempt(1_200, 4_000, 'webhook 503'),
    attempt(1_500, 6_000),
    attempt(7_000, 7_010)
  ]
  expect(outageOf(attempts, 1_000)).toEqual({
    firstMs: 5_000,
    lastFailureMs: 200,
    slowestMs: 4_500,
    faults: 'webhook 503 (2)'
  })
})

test('an outage that does not end has no first answer', () => {
  const { firstMs } = outageOf([attempt(900, 910), attempt(1_500, 2_000, 'timeout')], 1_000)
  expect(firstMs).toBe(Number.POSITIVE_INFINITY)
})
