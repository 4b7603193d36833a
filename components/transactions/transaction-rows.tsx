import clsx from 'clsx'
import type { WireTransaction } from '@/lib/api/answers'
import { formatDate } from '@/lib/domain/dates'
import { Amount } from '../money/amount'

/** Plaid's FOOD_AND_DRINK as people write it. */
export const categoryName = (category: string | null): string | null => {
  if (!category) return null
  const words = category.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

type Props = { items: readonly WireTransaction[]; fresh: ReadonlySet<string>; banks?: ReadonlyMap<string, string>; headingLevel: 2 | 3 }

/** Transactions under the day they belong to, newest first. */
export function TransactionRows({ items, fresh, headingLevel }: Props) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3'
  return (
    <div>
      {byDay(items).map(({ date, rows }) => (
        <section key={date} aria-label={formatDate(date)}>
          <Heading className="border-line border-b bg-sunken/60 px-5 sm:px-6 py-1.5 font-medium text-muted text-sm">{formatDate(date)}</Heading>
          <ul className="divide-y divide-line border-line border-b">
            {rows.map((row) => (
              <TransactionLine key={row.id} row={row} fresh={fresh.has(row.id)} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function TransactionLine({ row, fresh }: { row: WireTransaction; fresh: boolean }) {
  const category = categoryName(row.category)
  return (
    <li
      data-transaction={row.id}
      className={clsx('flex items-center justify-between gap-4 px-5 sm:px-6 py-3', fresh && 'motion-safe:animate-[arrive_6s_ease-out]')}
    >
      <div className="min-w-0">
        <p className="flex items-center gap-2">
          <span className={clsx('truncate', row.pending && 'text-muted')}>{row.merchantName ?? row.name}</span>
          {fresh && <Tag look="new">New</Tag>}
          {row.pending && <Tag look="pending">Pending</Tag>}
        </p>
        <p className="truncate text-muted text-sm">
          {row.accountName}
          {category && ` · ${category}`}
        </p>
      </div>
      <Amount money={row.amount} change className={clsx('font-medium', row.pending && 'opacity-80')} />
    </li>
  )
}

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

function byDay(items: readonly WireTransaction[]): { date: string; rows: WireTransaction[] }[] {
  const days: { date: string; rows: WireTransaction[] }[] = []
  for (const row of items) {
    const day = days.at(-1)
    if (day?.date === row.date) day.rows.push(row)
    else days.push({ date: row.date, rows: [row] })
  }
  return days
}
