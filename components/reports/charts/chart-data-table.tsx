import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

/** The data of a chart as a collapsible table. */
export function ChartDataTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details className="group border-line border-t">
      <summary className="flex min-h-11 list-none items-center gap-1.5 px-5 text-muted text-sm hover:text-ink focus-visible:-outline-offset-3 sm:px-6 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-4 transition-transform group-open:rotate-90 motion-reduce:transition-none"
        />
        {label}
      </summary>
      <div className="overflow-x-auto px-5 pb-4 sm:px-6">{children}</div>
    </details>
  )
}
