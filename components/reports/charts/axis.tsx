'use client'

import clsx from 'clsx'
import type { gridLines } from '@/components/reports/charts/line-geometry'
import { useFormatting } from '@/components/ui/formatting'

type Lines = ReturnType<typeof gridLines>

/** The amount of each gridline, at its height. The table below a chart has the exact values. */
export function AxisLabels({ lines, currency }: { lines: Lines; currency: string }) {
  const format = useFormatting()
  return (
    <div aria-hidden="true" className="grid text-right">
      {lines.map(({ minor, y }) => (
        <span
          key={String(minor)}
          suppressHydrationWarning
          className="relative col-start-1 row-start-1 h-0 -translate-y-[0.5em] self-start leading-none"
          style={{ top: `${y}%` }}
        >
          {format.short({ minor: minor.toString(), currency })}
        </span>
      ))}
    </div>
  )
}

/** Zero is stronger than the other lines. */
export const GridLines = ({ lines }: { lines: Lines }) => (
  <span aria-hidden="true" className="absolute inset-0">
    {lines.map(({ minor, y }) => (
      <span
        key={String(minor)}
        className={clsx('absolute inset-x-0 h-px', minor === 0n ? 'bg-line-strong/70' : 'bg-line')}
        style={{ top: `${y}%` }}
      />
    ))}
  </span>
)
