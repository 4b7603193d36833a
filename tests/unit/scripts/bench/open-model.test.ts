import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import {
  failures,
  histogram,
  percentile,
  plannedArrivals,
  runOpenModel
} from '@/scripts/bench/load/open-model'

test('arrivals are planned at the asked rate, in order, and the same for the same seed', () => {
  const times = plannedArrivals(200, 30, 1)
  expect(times.length).toBeGreaterThan(5_700)
  expect(times.length).toBeLessThan(6_300)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(times.at(-1)).toBeLessThan(30_000)
  expect(plannedArrivals(200, 30, 1)).toEqual(times)
  expect(plannedArrivals(0, 30, 1)).toEqual([])
})

test('a slow server does not delay arrivals, and its queue counts', async () => {
  let queue = Promise.resolve<unknown>(undefined)
  // One request after another, 20 ms each, while four arrive at once.
  const oneByOne = () => {
    queue = queue.then(() => pause(20))
    return queue as Promise<void>
  }
  const { done } = await runOpenModel([0, 0, 0, 0], oneByOne)
  expect(done).toHaveLength(4)
  expect(Math.max(...done)).toBeGreaterThan(70)
})

test('a request that starts late counts from its planned time', async () => {
  const block = () => {
    for (const until = performance.now() + 30; performance.now() < until; );
    return Promise.resolve()
  }
  const { done } = await runOpenModel([0, 1, 2], block)
  expect(done[2]).toBeGreaterThan(75)
})

test('failed requests are counted by their fault and have no latency', async () => {
  const result = await runOpenModel([0, 0, 0], (n) =>
    n === 1 ? Promise.resolve() : Promise.reject(new Error('503'))
  )
  expect(result.done).toHaveLength(1)
  expect([...result.failed]).toEqual([['503', 2]])
  expect(failures(result)).toBe(2)
})

test('percentiles are values that occurred', () => {
  const values = Array.from({ length: 100 }, (_, n) => 100 - n)
  expect([0.5, 0.95, 0.99, 1].map((share) => percentile(values, share))).toEqual([50, 95, 99, 100])
  expect(percentile([7], 0.5)).toBe(7)
  expect(percentile([], 0.5)).toBeNaN()
})

test('a histogram counts every value once', () => {
  expect(histogram([0, 10, 10.1, 25, 9_999, 20_000])).toBe(
    '≤10: 2 · ≤25: 2 · ≤10000: 1 · >10000: 1'
  )
})
