import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff, JOB_KINDS, LANES, maxAttempts, retryPause } from '@/lib/domain/jobs/job'

test('the retry delay grows, varies at random within its half, and stays under two minutes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempts, chance) => {
        const [shortest, pause, longest] = [
          backoff(attempts, () => 0),
          backoff(attempts, () => chance),
          backoff(attempts, () => 1)
        ]
        expect(pause).toBeGreaterThanOrEqual(shortest)
        expect(pause).toBeLessThanOrEqual(longest)
        expect(shortest).toBe(longest / 2)
        expect(longest).toBeLessThanOrEqual(90_000)
        expect(backoff(attempts + 1, () => 1)).toBeGreaterThanOrEqual(longest)
      }
    )
  )
})

test('the first retry delay is a second or two', () => {
  expect([backoff(1, () => 0), backoff(1, () => 1)]).toEqual([1_000, 2_000])
})

test('a longer Retry-After applies, up to a quarter of an hour', () => {
  expect(retryPause(1, 60_000, () => 1)).toBe(60_000)
  expect(retryPause(1, 500, () => 1)).toBe(2_000)
  expect(retryPause(1, 86_400_000, () => 1)).toBe(900_000)
})

test.each(JOB_KINDS)('a transient error never ends a %s', (kind) => {
  expect(maxAttempts(kind, { retryable: true })).toBeNull()
})

test.each([
  ['delivery', 10, 10],
  ['deletion', null, null],
  ['task', null, null],
  ['transfer', null, null],
  ['notice', 1, 8],
  ['sync', 1, 8],
  ['system', null, null]
] as const)(
  'a %s fails after %s attempts with a permanent error and %s with an unknown fault',
  (kind, permanent, unknown) => {
    expect(maxAttempts(kind, { retryable: false })).toBe(permanent)
    expect(maxAttempts(kind, { retryable: null })).toBe(unknown)
  }
)

test('the retry delay doubles with every attempt until it reaches its maximum', () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 7].map((attempts) => backoff(attempts, () => 1))
  expect(longest).toEqual([2_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 90_000])
})

test.each(JOB_KINDS)('a worker has a lane for a %s', (kind) => {
  const lanes = LANES.filter((lane) => lane.kind === kind)
  expect(lanes).not.toEqual([])
  expect(lanes.every(({ workers }) => workers >= 1)).toBe(true)
})
