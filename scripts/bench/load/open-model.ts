/**
 * An open model of load: the times of arrival are fixed beforehand, and a latency counts from the
 * planned start. A slow server does not slow the arrivals down, so its queue is part of the figures.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { random } from '@/scripts/bench/random'

export type Latencies = {
  /** Milliseconds from the planned start to the end, of those that succeeded. */
  done: number[]
  /** How often each fault happened. */
  failed: Map<string, number>
}

/** Milliseconds from the start, at random as independent users arrive. The same seed, the same times. */
export function plannedArrivals(perSecond: number, seconds: number, seed: number): number[] {
  const { next } = random(seed)
  const times: number[] = []
  for (let at = 0; perSecond > 0; ) {
    at += (-Math.log(1 - next()) / perSecond) * 1_000
    if (at >= seconds * 1_000) break
    times.push(at)
  }
  return times
}

/** Starts `act` at each of the times, whether or not earlier ones have ended, and waits for all. */
export async function runOpenModel(
  times: readonly number[],
  act: (n: number) => Promise<void>
): Promise<Latencies> {
  const begun = performance.now()
  const result: Latencies = { done: [], failed: new Map() }
  const running: Promise<void>[] = []
  for (const [n, at] of times.entries()) {
    const ahead = begun + at - performance.now()
    if (ahead > 1) await pause(ahead)
    running.push(
      act(n).then(
        () => void result.done.push(performance.now() - begun - at),
        (thrown: unknown) => count(result.failed, thrown)
      )
    )
  }
  await Promise.all(running)
  return result
}

function count(failed: Map<string, number>, thrown: unknown): void {
  const fault = thrown instanceof Error ? thrown.message.slice(0, 80) : 'unknown'
  failed.set(fault, (failed.get(fault) ?? 0) + 1)
}

export const failures = ({ failed }: Latencies): number =>
  [...failed.values()].reduce((sum, each) => sum + each, 0)

/** The smallest value that this share of the values does not exceed; NaN without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** Upper bounds in milliseconds. */
const BUCKETS = [10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]

/** How many values are in each bucket, such as `≤10: 20 · ≤25: 300`. Empty buckets are left out. */
export function histogram(values: readonly number[]): string {
  const bounds = [...BUCKETS, Number.POSITIVE_INFINITY]
  const counts = bounds.map(
    (bound, n) => values.filter((value) => value <= bound && value > (bounds[n - 1] ?? -1)).length
  )
  const last = BUCKETS.at(-1)
  return bounds
    .flatMap((bound, n) =>
      counts[n] ? [`${Number.isFinite(bound) ? `≤${bound}` : `>${last}`}: ${counts[n]}`] : []
    )
    .join(' · ')
}
