'use client'

import { useState } from 'react'
import { toListEntries } from '@/components/transactions/list-entries'
import { TransactionItem } from '@/components/transactions/transaction-item'
import { TransactionPanel } from '@/components/transactions/transaction-panel'
import { DateText } from '@/components/ui/formatting'
import type { TransactionResponse } from '@/lib/api/responses'

type Props = { items: readonly TransactionResponse[]; newIds: ReadonlySet<string> }

/** A short list of transactions by day. Each opens its details. */
export function TransactionsByDay({ items, newIds }: Props) {
  const [open, setOpen] = useState<TransactionResponse | null>(null)
  return (
    <>
      <ul>
        {toListEntries([items], true).map((entry) =>
          'row' in entry ? (
            <li key={entry.key} data-transaction={entry.row.id} className="border-line border-b">
              <TransactionItem
                transaction={entry.row}
                isNew={newIds.has(entry.row.id)}
                showDate={false}
                onOpen={() => setOpen(entry.row)}
              />
            </li>
          ) : (
            <li key={entry.key}>
              <DayHeading date={entry.date} as="h3" />
            </li>
          )
        )}
      </ul>
      <TransactionPanel row={open} onClose={() => setOpen(null)} />
    </>
  )
}

/** Day heading. */
export const DayHeading = ({ date, as: Heading }: { date: string; as: 'h2' | 'h3' }) => (
  <Heading className="border-line border-b bg-sunken/60 px-5 py-1.5 font-medium text-muted text-sm sm:px-6">
    <DateText date={date} />
  </Heading>
)
