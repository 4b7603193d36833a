import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '#text'

/**
 * The classes of all cells, named once: a table can have hundreds of rows, which every page contains.
 */
const BODY_CLASS =
  'divide-y divide-line [&>tr>*]:py-1.5 [&_td]:whitespace-nowrap [&_td]:pl-4 [&_td]:text-right [&_th]:whitespace-nowrap [&_th]:text-left [&_th]:font-normal'

type Props = {
  /** For screen readers. */
  caption: string
  /** Headings; the first one is that of the rows. */
  columns: readonly string[]
  /** The rows of the table's body. */
  children: ReactNode
}

/** The data of a chart as a collapsible table. */
export function ChartDataTable({ caption, columns, children }: Props) {
  const text = useText('reports')
  return (
    <details className="group border-line border-t">
      <summary className="flex min-h-11 list-none items-center gap-1.5 px-5 text-muted text-sm hover:text-ink focus-visible:-outline-offset-3 sm:px-6 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-4 transition-transform group-open:rotate-90 motion-reduce:transition-none"
        />
        {text('Show as a table')}
      </summary>
      <div className="overflow-x-auto px-5 pb-4 sm:px-6">
        <table className="w-full text-sm tabular-nums">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr className="text-muted [&>th]:py-1.5 [&>th]:font-medium">
              {columns.map((name, n) => (
                <th key={name} scope="col" className={n === 0 ? 'text-left' : 'pl-4 text-right'}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className={BODY_CLASS}>{children}</tbody>
        </table>
      </div>
    </details>
  )
}
