import { area, line } from 'd3-shape'

/** Geometry of a line chart as percentages of its box, computed from bigints. */
export type LinePoint = { minor: bigint; estimated: boolean }
export type PlotPoint = { x: number; y: number; estimated: boolean }

/** The position of an amount on the axis: the highest tick is at the top, the lowest at the bottom. */
export function toPosition(minor: bigint, ticks: readonly bigint[]): number {
  const [low, high] = [ticks[0] ?? 0n, ticks.at(-1) ?? 0n]
  if (high === low) return 50
  return round(100 - Number(((minor - low) * 100_000n) / (high - low)) / 1_000)
}

/** Position of each point on the axis; a flat line at zero is in the middle. */
export function toPlotPoints(points: readonly LinePoint[]): PlotPoint[] {
  const ticks = axisTicks(points.map(({ minor }) => minor))
  const last = Math.max(1, points.length - 1)
  return points.map(({ minor, estimated }, n) => ({
    x: round((n * 100) / last),
    y: toPosition(minor, ticks),
    estimated
  }))
}

/** Minimum and maximum including zero: a truncated axis exaggerates small changes. */
export function amountRange(amounts: readonly bigint[]): [low: bigint, high: bigint] {
  const sorted = [0n, ...amounts].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return [sorted[0] ?? 0n, sorted.at(-1) ?? 0n]
}

/** The axis is divided into at most this many steps. */
const MAX_STEPS = 4n

/** The smallest of 1, 2, 5, 10, 20, 50… with which the range has few steps. */
function tickStep(range: bigint): bigint {
  for (let power = 1n; ; power *= 10n)
    for (const digit of [1n, 2n, 5n]) if (digit * power * MAX_STEPS >= range) return digit * power
}

/** Round amounts around the given ones, evenly spaced, with zero among them; lowest first. */
export function axisTicks(amounts: readonly bigint[]): bigint[] {
  const [low, high] = amountRange(amounts)
  if (low === high) return [0n]
  const step = tickStep(high - low)
  const [first, last] = [(low - step + 1n) / step, (high + step - 1n) / step]
  return Array.from({ length: Number(last - first) + 1 }, (_, n) => (first + BigInt(n)) * step)
}

/** The gridlines of an axis: each amount with its position. */
export const gridLines = (amounts: readonly bigint[]): { minor: bigint; y: number }[] => {
  const ticks = axisTicks(amounts)
  return ticks.map((minor) => ({ minor, y: toPosition(minor, ticks) }))
}

const round = (share: number): number => Math.round(share * 100) / 100

const x = (point: PlotPoint) => point.x
const y = (point: PlotPoint) => point.y
const lineThrough = line<PlotPoint>(x, y)

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

/** The area between the line and zero. */
export const areaPath = (points: readonly PlotPoint[], zero: number): string =>
  points.length < 2 ? '' : (area<PlotPoint>(x, zero, y)(points) ?? '')
