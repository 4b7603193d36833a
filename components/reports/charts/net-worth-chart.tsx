'use client'

import { type PointerEvent, useState } from 'react'
import { useText } from '#text'
import { AxisLabels, GridLines } from '@/components/reports/charts/axis'
import {
  areaPath,
  gridLines,
  linePaths,
  toPlotPoints
} from '@/components/reports/charts/line-geometry'
import { DateText, useFormatting } from '@/components/ui/formatting'
import type { NetWorthHistoryResponse } from '@/lib/api/reports'

type Point = NetWorthHistoryResponse['currencies'][number]['points'][number]
type Props = {
  points: Point[]
  selected: number | null
  onSelect: (index: number | null) => void
  label: string
}

/**
 * Line chart of the net worth. Estimated parts are dashed, so that colors are not needed. A range
 * input makes every day reachable by keyboard and screen reader.
 */
export function NetWorthChart({ points, selected, onSelect, label }: Props) {
  const text = useText('reports')
  const format = useFormatting()
  const [focused, setFocused] = useState(false)
  const amounts = points.map(({ value, estimated }) => ({ minor: BigInt(value.minor), estimated }))
  const plotPoints = toPlotPoints(amounts)
  const lines = gridLines(amounts.map(({ minor }) => minor))
  const last = points.length - 1
  const point = points[selected ?? last]
  const plotPoint = plotPoints[selected ?? last]
  if (!point || !plotPoint) return null
  const currency = point.value.currency
  const [date, amount] = [format.date(point.on), format.money(point.value)]
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 gap-y-1.5 text-muted text-xs tabular-nums">
      <AxisLabels lines={lines} currency={currency} />
      <div className="relative h-40 rounded-md has-focus-visible:outline-3 has-focus-visible:outline-ring has-focus-visible:outline-offset-2 sm:h-44">
        <GridLines lines={lines} />
        <NetWorthLine
          points={plotPoints}
          zero={lines.find(({ minor }) => minor === 0n)?.y ?? 100}
        />
        {(selected !== null || focused) && (
          <span
            aria-hidden="true"
            className="absolute inset-y-0 w-px bg-line-strong"
            style={{ left: `${plotPoint.x}%` }}
          />
        )}
        <span
          aria-hidden="true"
          className="absolute size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full bg-chart-in ring-2 ring-surface"
          style={{ left: `${plotPoint.x}%`, top: `${plotPoint.y}%` }}
        />
        <DaySlider
          last={last}
          selected={selected}
          onSelect={onSelect}
          onFocusChange={setFocused}
          label={label}
          valueText={
            point.estimated
              ? text('{date}: {amount}, estimated', { date, amount })
              : `${date}: ${amount}`
          }
        />
      </div>
      <p aria-hidden="true" className="col-start-2 flex justify-between">
        <DateText date={points[0]?.on ?? ''} />
        <span>{text('Today')}</span>
      </p>
    </div>
  )
}

/** The history as a line: dashed where it is estimated. */
function NetWorthLine({ points, zero }: { points: ReturnType<typeof toPlotPoints>; zero: number }) {
  return (
    <svg
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
      className="absolute inset-0 size-full overflow-visible text-chart-in"
    >
      <path d={areaPath(points, zero)} fill="currentColor" fillOpacity="0.1" />
      <path
        d={linePaths(points, true)}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeDasharray="4 4"
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={linePaths(points, false)}
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}

/** Selects a day, by pointer or by keyboard. */
function DaySlider({
  last,
  selected,
  onSelect,
  onFocusChange,
  label,
  valueText
}: Pick<Props, 'selected' | 'onSelect' | 'label'> & {
  last: number
  onFocusChange: (focused: boolean) => void
  valueText: string
}) {
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    onSelect(Math.max(0, Math.min(last, Math.round(((event.clientX - left) / width) * last))))
  }
  return (
    <input
      type="range"
      min={0}
      max={last}
      value={selected ?? last}
      aria-label={label}
      aria-valuetext={valueText}
      onChange={(event) => onSelect(Number(event.target.value))}
      onFocus={() => onFocusChange(true)}
      onBlur={() => {
        onFocusChange(false)
        onSelect(null)
      }}
      onPointerMove={onPointerMove}
      onPointerLeave={() => onSelect(null)}
      suppressHydrationWarning
      className="absolute inset-0 m-0 size-full cursor-crosshair touch-pan-y opacity-0"
    />
  )
}
