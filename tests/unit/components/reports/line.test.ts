import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amountRange,
  areaPath,
  axisTicks,
  gridLines,
  linePaths,
  toPlotPoints
} from '@/components/reports/charts/line-geometry'

const anyPoint = fc.record({
  minor: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
  estimated: fc.boolean()
})
const steps = (path: string) => (path.match(/[ML][^ML]+/g) ?? []).length

describe('a chart line', () => {
  it('stays inside its box, spans its width, and is higher for larger values', () => {
    fc.assert(
      fc.property(fc.array(anyPoint, { minLength: 2, maxLength: 60 }), (points) => {
        const places = toPlotPoints(points)
        expect([places[0]?.x, places.at(-1)?.x]).toEqual([0, 100])
        const [low, high] = amountRange(points.map(({ minor }) => minor))
        for (const [n, { y }] of places.entries()) {
          expect(y).toBeGreaterThanOrEqual(0)
          expect(y).toBeLessThanOrEqual(100)
          if (points[n]?.minor === high) expect(y).toBe(Math.min(...places.map((place) => place.y)))
          if (points[n]?.minor === low) expect(y).toBe(Math.max(...places.map((place) => place.y)))
        }
      })
    )
  })

  it('draws every segment once, dashed when either end was computed', () => {
    fc.assert(
      fc.property(fc.array(anyPoint, { minLength: 2, maxLength: 30 }), (points) => {
        const places = toPlotPoints(points)
        const [dashed, solid] = [linePaths(places, true), linePaths(places, false)]
        const lines = (path: string) => (path.match(/L/g) ?? []).length
        expect(lines(dashed) + lines(solid)).toBe(points.length - 1)
        expect(lines(solid)).toBe(
          points.slice(1).filter(({ estimated }, n) => !estimated && !points[n]?.estimated).length
        )
        expect(steps(areaPath(places, 100))).toBe(2 * points.length)
      })
    )
  })

  it('starts at zero, so that a small change looks small', () => {
    const [before, after] = toPlotPoints([
      { minor: 31_740_600n, estimated: false },
      { minor: 31_400_000n, estimated: false }
    ])
    expect(Math.abs((before?.y ?? 0) - (after?.y ?? 0))).toBeLessThan(1)
    expect(amountRange([-7n, -5n])).toEqual([-7n, 0n])
  })

  it('draws zero in the middle, and no area for a single day', () => {
    const flat = toPlotPoints([
      { minor: 0n, estimated: false },
      { minor: 0n, estimated: false }
    ])
    expect(flat.map(({ y }) => y)).toEqual([50, 50])
    expect(areaPath(toPlotPoints([{ minor: 5n, estimated: false }]), 100)).toBe('')
  })
})

describe('a chart axis', () => {
  it('has few, round and evenly spaced amounts around all values, with zero', () => {
    fc.assert(
      fc.property(fc.array(anyPoint, { minLength: 1, maxLength: 20 }), (points) => {
        const amounts = points.map(({ minor }) => minor)
        const ticks = axisTicks(amounts)
        const [low, high] = amountRange(amounts)
        expect(ticks.length).toBeLessThanOrEqual(6)
        expect(ticks).toContain(0n)
        expect((ticks[0] ?? 1n) <= low && (ticks.at(-1) ?? -1n) >= high).toBe(true)
        const steps = new Set(ticks.slice(1).map((tick, n) => tick - (ticks[n] ?? 0n)))
        expect(steps.size).toBeLessThanOrEqual(1)
        for (const step of steps) expect(`${step}`).toMatch(/^[125]0*$/)
      })
    )
  })

  it('labels the height at which an amount is drawn', () => {
    const points = [
      { minor: 4_821_307n, estimated: false },
      { minor: 2_000_000n, estimated: false }
    ]
    const lines = gridLines(points.map(({ minor }) => minor))
    expect(lines.map(({ minor }) => minor)).toEqual([0n, 2_000_000n, 4_000_000n, 6_000_000n])
    expect(toPlotPoints(points)[1]?.y).toBe(lines[1]?.y)
    expect(axisTicks([-300n, 500n])).toEqual([-400n, -200n, 0n, 200n, 400n, 600n])
  })
})
