import { Download } from 'lucide-react'
import {
  type TransactionFilter,
  type TransactionSort,
  toQueryString
} from '@/lib/domain/transactions/transaction-filter'

const LINK_CLASS =
  'inline-flex min-h-10 items-center gap-2 px-3.5 font-medium text-[0.9375rem] hover:bg-sunken focus-visible:-outline-offset-3'

/** Exports every page of the filtered list as a file. */
export function ExportLinks({
  filter,
  sort
}: {
  filter: TransactionFilter
  sort: TransactionSort
}) {
  const href = (format: 'csv' | 'json') => {
    const search = new URLSearchParams(toQueryString(filter, sort))
    search.set('format', format)
    return `/api/v1/transactions/export?${search}`
  }
  return (
    <div className="flex divide-x divide-line overflow-hidden rounded-control border border-line-strong/60 bg-surface print:hidden">
      <a href={href('csv')} download className={LINK_CLASS}>
        <Download aria-hidden="true" className="size-4 text-muted" />
        <span className="sr-only">Export as </span>CSV
      </a>
      <a href={href('json')} download className={LINK_CLASS}>
        <span className="sr-only">Export as </span>JSON
      </a>
    </div>
  )
}
