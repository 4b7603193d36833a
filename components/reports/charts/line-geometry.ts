import { area, line } from 'd3-shape'

/** Geometry of a line chart as percentages of its box, computed from bigints. */
export type LinePoint = { minor: bigint; estimated: boolean }
export type PlotPoint = { x: number; y: number; estimated: boolean }

/** Padding above and below the line, in percent. */
const PADDING = 8

/** Position of each point; a flat line is in the middle. */
export function toPlotPoints(points: readonly LinePoint[]): PlotPoint[] {
  const [low, high] = amountRange(points.map(({ minor }) => minor))
  const last = Math.max(1, points.length - 1)
  return points.map(({ minor, estimated }, n) => ({
    x: round((n * 100) / last),
    y:
      high === low
        ? 50
        : round(
            100 -
              PADDING -
              (Number(((minor - low) * 100_000n) / (high - low)) / 100_000) * (100 - 2 * PADDING)
          ),
    estimated
  }))
}

/** Minimum and maximum including zero: a truncated axis exaggerates small changes. */
export function amountRange(amounts: readonly bigint[]): [low: bigint, high: bigint] {
  const sorted = [0n, ...amounts].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return [sorted[0] ?? 0n, sorted.at(-1) ?? 0n]
}

const round = (share: number): number => Math.round(share * 100) / 100

const x = (point: PlotPoint) => point.x
const y = (point: PlotPoint) => point.y
const lineThrough = line<PlotPoint>(x, y)
const areaUnder = area<PlotPoint>(x, 100, y)

/** SVG path of the estimated segments, or of the others. */
export function linePaths(points: readonly PlotPoint[], estimated: boolean): string {
  const segments: PlotPoint[][] = []
  for (const [n, point] of points.entries()) {
    const from = points[n - 1]
    // A segment is estimated if either end is.
    if (!from || (from.estimated || point.estimated) !== estimated) continue
    if (segments.at(-1)?.at(-1) === from) segments.at(-1)?.push(point)
    else segments.push([from, point])
  }
  return segments.map((segment) => lineThrough(segment)).join('')
}

/** The area below the line. */
export const areaPath = (points: readonly PlotPoint[]): string =>
  points.length < 2 ? '' : (areaUnder(points) ?? '')
