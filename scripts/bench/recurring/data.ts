/**
 * Payment histories with known results, for measuring the detector of recurring payments, which it
 * does not import. The next due date comes from the schedule that generated the payments.
 */
import { random, toDate, toDay } from '@/scripts/bench/random'
import { DECOYS } from '@/scripts/bench/recurring/decoys'
import { RECURRING } from '@/scripts/bench/recurring/kinds'
import type { Paid, Truth } from '@/scripts/bench/recurring/schedules'

export type History = { kind: string; today: string; paid: Paid[]; truth: Truth[] }

/** Creates `ofEach` histories of each kind. */
export function makeHistories(seed: number, ofEach: number): History[] {
  const source = random(seed)
  return Object.entries({ ...RECURRING, ...DECOYS }).flatMap(([kind, make]) =>
    Array.from({ length: ofEach }, () => {
      const today = toDay('2025-06-01') + source.int(0, 500)
      const { paid, truth } = make(source, today)
      const shown = paid
        .filter(({ day: at }) => at <= today && at > today - 400)
        .toSorted((a, b) => a.day - b.day)
      return {
        kind,
        today: toDate(today),
        paid: shown.map(({ day: at, ...rest }) => ({ date: toDate(at), ...rest })),
        truth
      }
    })
  )
}
