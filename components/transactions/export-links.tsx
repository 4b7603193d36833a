'use client'

import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { useDownload } from '@/components/lib/download'
import { useMutation } from '@/components/lib/use-mutation'
import {
  type TransactionFilter,
  type TransactionSort,
  toQueryString
} from '@/lib/domain/transactions/transaction-filter'

const BUTTON_CLASS =
  'inline-flex min-h-10 items-center gap-2 px-3.5 font-medium text-[0.9375rem] hover:bg-sunken focus-visible:-outline-offset-3 disabled:text-muted'

const hidden = (part: ReactNode) => (
  <span key="hidden" className="sr-only">
    {part}
  </span>
)

/** Exports every page of the filtered list as a file. */
export function ExportLinks({
  filter,
  sort
}: {
  filter: TransactionFilter
  sort: TransactionSort
}) {
  const text = useText('transactions')
  const { busy, failure, mutate } = useMutation(useDownload())
  const download = (format: 'csv' | 'json') => {
    const search = new URLSearchParams(toQueryString(filter, sort))
    search.set('format', format)
    void mutate(`/api/v1/transactions/export?${search}`)
  }
  return (
    <div className="print:hidden">
      <div className="flex w-fit divide-x divide-line overflow-hidden rounded-control border border-line-strong/60 bg-surface">
        <button
          type="button"
          disabled={busy}
          onClick={() => download('csv')}
          className={BUTTON_CLASS}
        >
          <Download aria-hidden="true" className="size-4 text-muted" />
          {text.rich('<hidden>Export as </hidden>{format}', { format: 'CSV', hidden })}
        </button>
        <button
          type="button"
          disabled={busy}
          onClick={() => download('json')}
          className={BUTTON_CLASS}
        >
          {text.rich('<hidden>Export as </hidden>{format}', { format: 'JSON', hidden })}
        </button>
      </div>
      <p role="status" className="mt-1.5 text-danger text-sm empty:hidden">
        {failure}
      </p>
    </div>
  )
}
