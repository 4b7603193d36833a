import clsx from 'clsx'
import { NotebookPen } from 'lucide-react'
import type { TransactionResponse } from '@/lib/api/responses'
import { categoryName } from '@/lib/domain/transactions/categories'
import { Amount } from '@/components/ui/amount'
import { useWriting } from '@/components/ui/formatting'
import { lineKey } from '@/components/transactions/list-entries'

export type LineProps = {
  row: TransactionResponse
  fresh: boolean
  /** Says the day itself, where no heading does. */
  dated: boolean
  onOpen: () => void
  /** Absent where nothing can be selected. */
  selection?: { selected: boolean; toggle: () => void }
  tabbable?: boolean
}

/** One transaction, or one part of it. The whole line opens it. */
export function TransactionLine({
  row,
  fresh,
  dated,
  onOpen,
  selection,
  tabbable = true
}: LineProps) {
  const write = useWriting()
  const name = row.merchantName ?? row.name
  const about = [
    dated && write.date(row.date),
    row.accountName,
    row.category && categoryName(row.category),
    ...row.tags.map((tag) => `#${tag}`)
  ]
  return (
    <div
      className={clsx(
        'relative flex flex-wrap items-center gap-x-3 px-5 py-3 hover:bg-sunken/60 sm:px-6',
        selection?.selected && 'bg-accent-soft/60',
        fresh && 'motion-safe:animate-[arrive_6s_ease-out]'
      )}
    >
      {selection && (
        <label className="relative z-10 -my-2 -ml-3 flex size-11 shrink-0 cursor-pointer items-center justify-center">
          <input
            type="checkbox"
            checked={selection.selected}
            onChange={selection.toggle}
            tabIndex={tabbable ? 0 : -1}
            aria-label={`Select ${name}, ${write.money(row.amount)}, ${write.date(row.date)}`}
            suppressHydrationWarning
            className="size-4.5 accent-(--brand)"
          />
        </label>
      )}
      <div className="min-w-0 flex-1 basis-28">
        <p className="flex flex-wrap items-center gap-x-2">
          <button
            type="button"
            data-line={lineKey(row)}
            tabIndex={tabbable ? 0 : -1}
            onClick={onOpen}
            aria-label={`${name}, ${write.money(row.amount)}, ${write.date(row.date)}`}
            suppressHydrationWarning
            className={clsx(
              'max-w-full truncate text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-ring focus-visible:after:-outline-offset-3',
              (row.pending || row.kind === 'excluded') && 'text-muted'
            )}
          >
            {name}
          </button>
          {row.note && (
            <NotebookPen
              role="img"
              aria-label="Has a note"
              className="size-3.5 shrink-0 text-muted"
            />
          )}
          {fresh && <Tag look="new">New</Tag>}
          {row.pending && <Tag look="quiet">Pending</Tag>}
          {row.part && <Tag look="quiet">{`Part ${row.part.n} of ${row.part.of}`}</Tag>}
          {row.splitChanged && <Tag look="new">Check split</Tag>}
          {row.kind === 'excluded' && <Tag look="quiet">Left out</Tag>}
        </p>
        <p className="truncate text-muted text-sm">{about.filter(Boolean).join(' · ')}</p>
      </div>
      <Amount
        money={row.amount}
        change={row.kind !== 'excluded'}
        className={clsx(
          'ml-auto font-medium',
          (row.pending || row.kind === 'excluded') && 'text-muted'
        )}
      />
    </div>
  )
}

function Tag({ look, children }: { look: 'new' | 'quiet'; children: string }) {
  return (
    <span
      className={clsx(
        'shrink-0 rounded-full px-2 py-px font-medium text-xs leading-5',
        look === 'new' ? 'bg-accent-soft text-accent' : 'border border-line-strong/50 text-muted'
      )}
    >
      {children}
    </span>
  )
}
