import clsx from 'clsx'
import { NotebookPen } from 'lucide-react'
import { useText } from '#text'
import { CategoryIcon, PayeeInitials } from '@/components/transactions/category-icon'
import { rowKey } from '@/components/transactions/list-entries'
import { Amount } from '@/components/ui/amount'
import { useFormatting } from '@/components/ui/formatting'
import type { TransactionResponse } from '@/lib/api/responses'
import { UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import { categoryLabel } from '@/lib/domain/transactions/category-labels'
import { transactionName } from '@/lib/domain/transactions/readable-name'

export type TransactionItemProps = {
  transaction: TransactionResponse
  isNew: boolean
  /** Shows the date when there is no day heading. */
  showDate: boolean
  onOpen: () => void
  /** Opens the choice of a category. */
  onCategorize: () => void
  /** Absent if rows cannot be selected. */
  selection?: { selected: boolean; toggle: () => void }
  tabbable?: boolean
}

/** A transaction or a split part. The whole row opens it; its category opens the choice of one. */
export function TransactionItem({
  transaction,
  isNew,
  showDate,
  onOpen,
  onCategorize,
  selection,
  tabbable = true
}: TransactionItemProps) {
  const format = useFormatting()
  const name = transactionName(transaction)
  const label = `${name}, ${format.money(transaction.amount)}, ${format.date(transaction.date)}`
  const muted = transaction.pending || transaction.kind === 'excluded'
  const details = [
    showDate && format.date(transaction.date),
    transaction.accountName,
    ...transaction.tags.map((tag) => `#${tag}`)
  ]
  const category = { transaction, name, tabbable, onCategorize }
  return (
    <div
      className={clsx(
        'relative flex flex-wrap items-center gap-x-3 px-4 py-2.5 hover:bg-sunken/60 sm:px-6',
        selection?.selected && 'bg-accent-soft/60',
        isNew && 'motion-safe:animate-[arrive_6s_ease-out]'
      )}
    >
      {selection && <RowCheckbox row={label} tabbable={tabbable} {...selection} />}
      <PayeeInitials name={name} category={transaction.category} />
      <div className="min-w-0 flex-1 basis-28">
        <p className="flex items-center gap-x-2">
          <button
            type="button"
            data-line={rowKey(transaction)}
            tabIndex={tabbable ? 0 : -1}
            onClick={onOpen}
            aria-label={label}
            suppressHydrationWarning
            className={clsx(
              'min-w-0 truncate text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-ring focus-visible:after:-outline-offset-3',
              muted && 'text-muted'
            )}
          >
            {name}
          </button>
          <RowBadges transaction={transaction} isNew={isNew} />
        </p>
        <div className="flex items-center gap-x-1.5 text-muted text-sm">
          <RowCategory {...category} className="max-w-[80%] shrink-0 @3xl:hidden" />
          <p className="min-w-0 truncate">{details.filter(Boolean).join(' · ')}</p>
        </div>
      </div>
      <RowCategory {...category} className="hidden w-52 text-[0.9375rem] @3xl:flex" />
      <Amount
        money={transaction.amount}
        signed={transaction.kind !== 'excluded'}
        className={clsx('ml-auto text-right font-medium @3xl:min-w-32', muted && 'text-muted')}
      />
    </div>
  )
}

type RowCategoryProps = Pick<TransactionItemProps, 'transaction' | 'onCategorize'> & {
  name: string
  tabbable: boolean
  className: string
}

/** The parts of a split keep their own categories, which the form of the split changes. */
function RowCategory({ transaction, name, tabbable, onCategorize, className }: RowCategoryProps) {
  const text = useText('transactions')
  const { category, part } = transaction
  const label = categoryLabel(category ?? UNCATEGORIZED, text)
  const content = (
    <>
      <CategoryIcon category={category} />
      <span className="min-w-0 text-left wrap-anywhere">{label}</span>
    </>
  )
  const box = clsx('flex min-h-6 min-w-0 items-center gap-1.5', className)
  if (part) return <span className={box}>{content}</span>
  return (
    <button
      type="button"
      tabIndex={tabbable ? 0 : -1}
      onClick={onCategorize}
      aria-label={text('{category}: change the category of {name}', { category: label, name })}
      className={clsx(box, 'relative z-10 rounded text-left hover:text-ink hover:underline')}
    >
      {content}
    </button>
  )
}

function RowCheckbox({
  row,
  tabbable,
  selected,
  toggle
}: {
  row: string
  tabbable: boolean
  selected: boolean
  toggle: () => void
}) {
  const text = useText('transactions')
  return (
    <label className="relative z-10 -my-2 -mr-2 -ml-3 flex size-11 shrink-0 cursor-pointer items-center justify-center">
      <input
        type="checkbox"
        checked={selected}
        onChange={toggle}
        tabIndex={tabbable ? 0 : -1}
        aria-label={text('Select {row}', { row })}
        suppressHydrationWarning
        className="size-4.5 accent-(--brand)"
      />
    </label>
  )
}

function RowBadges({ transaction, isNew }: Pick<TransactionItemProps, 'transaction' | 'isNew'>) {
  const text = useText('transactions')
  const { note, pending, part, splitChanged, kind } = transaction
  return (
    <>
      {note && (
        <NotebookPen
          role="img"
          aria-label={text('Has a note')}
          className="size-3.5 shrink-0 text-muted"
        />
      )}
      {isNew && <Badge variant="new">{text('New')}</Badge>}
      {pending && <Badge variant="quiet">{text('Pending')}</Badge>}
      {part && (
        <Badge variant="quiet">{text('Part {n} of {of}', { n: part.n, of: part.of })}</Badge>
      )}
      {splitChanged && <Badge variant="new">{text('Check split')}</Badge>}
      {kind === 'excluded' && <Badge variant="quiet">{text('Excluded')}</Badge>}
    </>
  )
}

function Badge({ variant, children }: { variant: 'new' | 'quiet'; children: string }) {
  return (
    <span
      className={clsx(
        'shrink-0 rounded-full px-2 py-px font-medium text-xs leading-5',
        variant === 'new' ? 'bg-accent-soft text-accent' : 'border border-line-strong/50 text-muted'
      )}
    >
      {children}
    </span>
  )
}
