import { area, line } from 'd3-shape'

/** The geometry of a line over days, in hundredths of its box: bigints in, what SVG takes out. */
export type LinePoint = { minor: bigint; estimated: boolean }
export type Place = { x: number; y: number; estimated: boolean }

/** Some air above and below, so that the line does not touch the edge. */
const AIR = 8

/** Where each point is; nothing at all is in the middle. */
export function placePoints(points: readonly LinePoint[]): Place[] {
  const [low, high] = boundsOf(points.map(({ minor }) => minor))
  const last = Math.max(1, points.length - 1)
  return points.map(({ minor, estimated }, n) => ({
    x: round((n * 100) / last),
    y:
      high === low
        ? 50
        : round(
            100 -
              AIR -
              (Number(((minor - low) * 100_000n) / (high - low)) / 100_000) * (100 - 2 * AIR)
          ),
    estimated
  }))
}

/** The lowest and the highest, zero included: an area that is cut off below makes small changes look large. */
export function boundsOf(amounts: readonly bigint[]): [low: bigint, high: bigint] {
  const sorted = [0n, ...amounts].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return [sorted[0] ?? 0n, sorted.at(-1) ?? 0n]
}

const round = (share: number): number => Math.round(share * 100) / 100

const x = (place: Place) => place.x
const y = (place: Place) => place.y
const lineThrough = line<Place>(x, y)
const areaUnder = area<Place>(x, 100, y)

/** The stretches that end at an estimated point, or those that do not, as the path of one line. */
export function stretches(places: readonly Place[], estimated: boolean): string {
  const runs: Place[][] = []
  for (const [n, place] of places.entries()) {
    const from = places[n - 1]
    // A stretch is a guess where either of its ends is one.
    if (!from || (from.estimated || place.estimated) !== estimated) continue
    if (runs.at(-1)?.at(-1) === from) runs.at(-1)?.push(place)
    else runs.push([from, place])
  }
  return runs.map((run) => lineThrough(run)).join('')
}

/** Everything below the line. */
export const areaBelow = (places: readonly Place[]): string =>
  places.length < 2 ? '' : (areaUnder(places) ?? '')
