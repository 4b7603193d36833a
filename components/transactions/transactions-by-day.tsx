'use client'

import { useState } from 'react'
import { useText } from '#text'
import { CategoryPicker, TransactionPanel } from '@/components/transactions/edit/on-demand'
import { dayTotals, toListEntries } from '@/components/transactions/list-entries'
import { TransactionItem } from '@/components/transactions/transaction-item'
import { DateText, MoneyText } from '@/components/ui/formatting'
import type { MoneyResponse, TransactionResponse } from '@/lib/api/responses'

const NO_OPTIMISTIC_EDIT = () => () => {}

type Props = {
  items: readonly TransactionResponse[]
  newIds: ReadonlySet<string>
  /** Whether these are all transactions of the last day. */
  complete: boolean
}

/** A short list of transactions by day. Each opens its details. */
export function TransactionsByDay({ items, newIds, complete }: Props) {
  const [open, setOpen] = useState<TransactionResponse | null>(null)
  const [categorized, setCategorized] = useState<TransactionResponse | null>(null)
  const totals = dayTotals(items, complete)
  return (
    <>
      <ul className="@container">
        {toListEntries([items], true).map((entry) =>
          'row' in entry ? (
            <li key={entry.key} data-transaction={entry.row.id} className="border-line border-b">
              <TransactionItem
                transaction={entry.row}
                isNew={newIds.has(entry.row.id)}
                showDate={false}
                onOpen={() => setOpen(entry.row)}
                onCategorize={() => setCategorized(entry.row)}
              />
            </li>
          ) : (
            <li key={entry.key}>
              <DayHeading date={entry.date} total={totals.get(entry.date)} as="h3" />
            </li>
          )
        )}
      </ul>
      {open && <TransactionPanel row={open} onClose={() => setOpen(null)} />}
      {categorized && (
        <CategoryPicker
          row={categorized}
          onClose={() => setCategorized(null)}
          onChange={NO_OPTIMISTIC_EDIT}
        />
      )}
    </>
  )
}

type DayHeadingProps = { date: string; total?: MoneyResponse[] | undefined; as: 'h2' | 'h3' }

/** A day, and the total of its income and spending. */
export function DayHeading({ date, total = [], as: Heading }: DayHeadingProps) {
  const text = useText('transactions')
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 border-line border-b bg-sunken/60 px-5 py-1.5 text-muted text-sm sm:px-6">
      <Heading className="font-medium">
        <DateText date={date} />
      </Heading>
      {total.length > 0 && (
        <p className="tabular-nums">
          <span className="sr-only">{text('Total of the day:')} </span>
          {total.map((sum, n) => (
            <span key={sum.currency}>
              {n > 0 && ', '}
              <MoneyText money={sum} />
            </span>
          ))}
        </p>
      )}
    </div>
  )
}
