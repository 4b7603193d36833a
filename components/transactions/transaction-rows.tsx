'use client'

import clsx from 'clsx'
import { useState } from 'react'
import type { WireTransaction } from '@/lib/api/answers'
import { categoryName } from '@/lib/domain/categories'
import { Amount } from '../money/amount'
import { useWriting } from '../writing'
import { TransactionPanel } from './transaction-panel'

/** From here on, only what is near the screen is laid out. */
const LONG = 200

type Props = { items: readonly WireTransaction[]; fresh: ReadonlySet<string>; headingLevel: 2 | 3; byDay?: boolean }

/** Transactions, under the day they belong to where they stand in order of days. Each opens to all that is known of it. */
export function TransactionRows({ items, fresh, headingLevel, byDay = true }: Props) {
  const [open, setOpen] = useState<WireTransaction | null>(null)
  const write = useWriting()
  const long = items.length > LONG
  const Heading = headingLevel === 2 ? 'h2' : 'h3'
  const line = (row: WireTransaction) => <TransactionLine key={lineKey(row)} row={row} fresh={fresh.has(row.id)} dated={!byDay} onOpen={() => setOpen(row)} />
  return (
    <div>
      {byDay ? (
        days(items).map(({ date, rows }) => (
          <section key={date} aria-label={write.date(date)} className={clsx(long && '[contain-intrinsic-size:auto_12rem] [content-visibility:auto]')}>
            <Heading className="border-line border-b bg-sunken/60 px-5 py-1.5 font-medium text-muted text-sm sm:px-6">{write.date(date)}</Heading>
            <ul className="divide-y divide-line border-line border-b">{rows.map(line)}</ul>
          </section>
        ))
      ) : (
        <ul className="divide-y divide-line border-line border-b">{items.map(line)}</ul>
      )}
      <TransactionPanel row={open} onClose={() => setOpen(null)} />
    </div>
  )
}

type LineProps = { row: WireTransaction; fresh: boolean; dated: boolean; onOpen: () => void }

function TransactionLine({ row, fresh, dated, onOpen }: LineProps) {
  const write = useWriting()
  const category = row.category && categoryName(row.category)
  return (
    <li
      data-transaction={row.id}
      className={clsx(
        'relative flex items-center justify-between gap-4 px-5 py-3 hover:bg-sunken/60 sm:px-6',
        fresh && 'motion-safe:animate-[arrive_6s_ease-out]'
      )}
    >
      <div className="min-w-0">
        <p className="flex items-center gap-2">
          <button
            type="button"
            onClick={onOpen}
            className={clsx(
              'truncate text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-ring focus-visible:after:-outline-offset-3',
              row.pending && 'text-muted'
            )}
          >
            {row.merchantName ?? row.name}
          </button>
          {fresh && <Tag look="new">New</Tag>}
          {row.pending && <Tag look="pending">Pending</Tag>}
        </p>
        <p className="truncate text-muted text-sm">
          {dated && `${write.date(row.date)} · `}
          {row.accountName}
          {category && ` · ${category}`}
        </p>
      </div>
      <Amount money={row.amount} change className={clsx('font-medium', row.pending && 'opacity-80')} />
    </li>
  )
}

/** Parts of one transaction share its id. */
const lineKey = ({ id, part }: WireTransaction): string => (part ? `${id}.${part.n}` : id)

function Tag({ look, children }: { look: 'new' | 'pending'; children: string }) {
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

function days(items: readonly WireTransaction[]): { date: string; rows: WireTransaction[] }[] {
  const found: { date: string; rows: WireTransaction[] }[] = []
  for (const row of items) {
    const day = found.at(-1)
    if (day?.date === row.date) day.rows.push(row)
    else found.push({ date: row.date, rows: [row] })
  }
  return found
}
