'use client'

import { type PointerEvent, useState } from 'react'
import type { NetWorthHistoryResponse } from '@/lib/api/reports'
import { Day, useWriting } from '@/components/ui/formatting'
import {
  areaBelow,
  boundsOf,
  placePoints,
  stretches
} from '@/components/reports/charts/line-geometry'

type Point = NetWorthHistoryResponse['currencies'][number]['points'][number]
type Props = {
  points: Point[]
  chosen: number | null
  choose: (index: number | null) => void
  label: string
}

/**
 * A line over days. What is worked out is dashed, so that nothing hangs on colours. The whole picture is a slider: the arrow keys, Home and
 * End go from day to day, and a screen reader says each.
 */
export function WorthLine({ points, chosen, choose, label }: Props) {
  const write = useWriting()
  const [focused, setFocused] = useState(false)
  const amounts = points.map(({ value, estimated }) => ({ minor: BigInt(value.minor), estimated }))
  const places = placePoints(amounts)
  const [low, high] = boundsOf(amounts.map(({ minor }) => minor))
  const last = points.length - 1
  const point = points[chosen ?? last]
  const place = places[chosen ?? last]
  if (!point || !place) return null
  const currency = point.value.currency
  const follow = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    choose(Math.max(0, Math.min(last, Math.round(((event.clientX - left) / width) * last))))
  }
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 gap-y-1.5 text-muted text-xs tabular-nums">
      <p aria-hidden="true" className="flex flex-col justify-between text-right">
        <span suppressHydrationWarning>{write.short({ minor: high.toString(), currency })}</span>
        {high !== low && (
          <span suppressHydrationWarning>{write.short({ minor: low.toString(), currency })}</span>
        )}
      </p>
      <div className="relative h-40 rounded-md has-focus-visible:outline-3 has-focus-visible:outline-ring has-focus-visible:outline-offset-2 sm:h-44">
        <svg
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          aria-hidden="true"
          className="absolute inset-0 size-full overflow-visible text-chart-in"
        >
          <path d={areaBelow(places)} fill="currentColor" fillOpacity="0.1" />
          <path
            d={stretches(places, true)}
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeDasharray="4 4"
            vectorEffect="non-scaling-stroke"
          />
          <path
            d={stretches(places, false)}
            fill="none"
            stroke="currentColor"
            strokeWidth="2.5"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        {(chosen !== null || focused) && (
          <span
            aria-hidden="true"
            className="absolute inset-y-0 w-px bg-line-strong"
            style={{ left: `${place.x}%` }}
          />
        )}
        <span
          aria-hidden="true"
          className="absolute size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full bg-chart-in ring-2 ring-surface"
          style={{ left: `${place.x}%`, top: `${place.y}%` }}
        />
        <input
          type="range"
          min={0}
          max={last}
          value={chosen ?? last}
          aria-label={label}
          aria-valuetext={`${write.date(point.on)}: ${write.money(point.value)}${point.estimated ? ', worked out' : ''}`}
          onChange={(event) => choose(Number(event.target.value))}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false)
            choose(null)
          }}
          onPointerMove={follow}
          onPointerLeave={() => choose(null)}
          suppressHydrationWarning
          className="absolute inset-0 m-0 size-full cursor-crosshair touch-pan-y opacity-0"
        />
      </div>
      <p aria-hidden="true" className="col-start-2 flex justify-between">
        <Day on={points[0]?.on ?? ''} />
        <span>Today</span>
      </p>
    </div>
  )
}
