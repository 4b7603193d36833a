import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff } from '@/lib/domain/progress'

test('the pause before another attempt grows, differs by chance within its half, and stays under two minutes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, chance) => {
      const [shortest, pause, longest] = [backoff(attempts, () => 0), backoff(attempts, () => chance), backoff(attempts, () => 1)]
      expect(pause).toBeGreaterThanOrEqual(shortest)
      expect(pause).toBeLessThanOrEqual(longest)
      expect(shortest).toBe(longest / 2)
      expect(longest).toBeLessThanOrEqual(90_000)
      expect(backoff(attempts + 1, () => 1)).toBeGreaterThanOrEqual(longest)
    })
  )
})

test('the first pause is a second or two', () => {
  expect([backoff(1, () => 0), backoff(1, () => 1)]).toEqual([1_000, 2_000])
})
