/**
 * Seeded random numbers and the date helpers of generated bank data. Imports nothing of the app.
 */
export type Random = {
  /** In [0, 1). */
  next: () => number
  /** Inclusive. */
  int: (from: number, to: number) => number
  pick: <T>(list: readonly T[]) => T
  chance: (probability: number) => boolean
}

export function random(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    int,
    pick: (list) => list[int(0, list.length - 1)] as (typeof list)[number],
    chance: (probability) => next() < probability
  }
}

/** Days since 1970-01-01. */
export type Day = number
export const toDay = (date: string): Day => Date.parse(`${date}T00:00:00Z`) / 86_400_000
export const toDate = (day: Day): string => new Date(day * 86_400_000).toISOString().slice(0, 10)
/** 0 is Sunday. */
export const weekday = (day: Day): number => (day + 4) % 7

/** The same day of the month `by` months later; the last day if that month is shorter. */
export function dayOfMonth(day: Day, by: number, wanted: number): Day {
  const at = new Date(day * 86_400_000)
  const first = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + by, 1) / 86_400_000
  const length =
    Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + by + 1, 0) / 86_400_000 - first + 1
  return first + Math.min(wanted, length) - 1
}

/** For the generated years. */
const HOLIDAYS = new Set(
  ['2024', '2025', '2026', '2027']
    .flatMap((year) => [
      `${year}-01-01`,
      `${year}-06-19`,
      `${year}-07-04`,
      `${year}-11-11`,
      `${year}-12-25`
    ])
    .map(toDay)
)
export const isWorkday = (day: Day): boolean =>
  weekday(day) !== 0 && weekday(day) !== 6 && !HOLIDAYS.has(day)

/** The nearest workday in a direction, including the day itself. */
export function workday(day: Day, step: 1 | -1): Day {
  let found = day
  while (!isWorkday(found)) found += step
  return found
}
