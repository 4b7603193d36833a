import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { Section } from '@/components/reports/section'
import { Amount } from '@/components/ui/amount'
import { MonthText } from '@/components/ui/formatting'
import type { DuePaymentResponse, RecurringPaymentResponse } from '@/lib/api/reports'
import { daysBetween, monthOf } from '@/lib/domain/periods'
import type { Text, TextKey } from '@/lib/domain/text/text'
import { readableName } from '@/lib/domain/transactions/readable-name'

const VISIBLE_PAYMENTS = 4
const CADENCE_LABELS: Record<string, TextKey<'reports'>> = {
  weekly: 'Every week',
  biweekly: 'Every two weeks',
  semimonthly: 'Twice a month',
  four_weekly: 'Every four weeks',
  monthly: 'Every month',
  quarterly: 'Every three months',
  yearly: 'Every year'
}

/** Minimum payments that a bank asks for and recurring payments, the next one first. */
export function RecurringPayments({
  due,
  items,
  today
}: {
  due: DuePaymentResponse[]
  items: RecurringPaymentResponse[]
  today: string
}) {
  const text = useText('reports')
  const sorted = sortedRows(due, items, today)
  const [visible, rest] = [sorted.slice(0, VISIBLE_PAYMENTS), sorted.slice(VISIBLE_PAYMENTS)]
  return (
    <Section
      id="recurring"
      title={text('Coming up')}
      note={text('Bills, and regular payments on the day we expect them')}
    >
      <ul className="divide-y divide-line border-line border-t">{visible}</ul>
      {rest.length > 0 && (
        <details className="border-line border-t">
          <summary className="flex min-h-11 list-none items-center px-5 font-medium text-[0.9375rem] text-accent focus-visible:-outline-offset-3 sm:px-6 [&::-webkit-details-marker]:hidden">
            {text('{count} more', { count: rest.length })}
          </summary>
          <ul className="divide-y divide-line border-line border-t">{rest}</ul>
        </details>
      )}
    </Section>
  )
}

function sortedRows(
  due: DuePaymentResponse[],
  items: RecurringPaymentResponse[],
  today: string
): ReactNode[] {
  const rows = [
    ...due.map((one) => ({
      on: one.dueOn,
      row: <DueRow key={one.accountId} payment={one} today={today} />
    })),
    ...items.map((one) => ({
      on: one.nextOn,
      row: (
        <PaymentRow
          key={`${one.merchant}-${one.cadence}-${one.amount.minor}`}
          payment={one}
          today={today}
        />
      )
    }))
  ]
  return rows.toSorted((a, b) => a.on.localeCompare(b.on)).map(({ row }) => row)
}

function PaymentRow({ payment: one, today }: { payment: RecurringPaymentResponse; today: string }) {
  const text = useText('reports')
  const cadence = CADENCE_LABELS[one.cadence] ?? 'Regularly'
  return (
    <li>
      <DatedRow
        href={one.amount.rows}
        date={one.nextOn}
        title={readableName(one.name)}
        note={`${text(cadence)} · ${expectedLabel(daysBetween(today, one.nextOn), text)}`}
      >
        <Amount money={one.amount} signed className="font-medium" />
        {!one.fixed && <span className="block text-muted text-sm">{text('last time')}</span>}
      </DatedRow>
    </li>
  )
}

function DueRow({ payment: one, today }: { payment: DuePaymentResponse; today: string }) {
  const text = useText('reports')
  const when = one.overdue ? text('overdue') : dueLabel(daysBetween(today, one.dueOn), text)
  return (
    <li>
      <DatedRow
        href={`/transactions?account=${one.accountId}`}
        date={one.dueOn}
        title={one.name}
        note={`${one.institutionName} · ${when}`}
        urgent={one.overdue}
      >
        <Amount money={one.amount} className="font-medium" />
        <span className="block text-muted text-sm">{text('minimum')}</span>
      </DatedRow>
    </li>
  )
}

type DatedRowProps = {
  href: string
  date: string
  title: string
  note: string
  urgent?: boolean
  children: ReactNode
}

function DatedRow({ href, date, title, note, urgent = false, children }: DatedRowProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="flex flex-wrap items-center gap-x-4 px-5 py-3 hover:bg-sunken focus-visible:-outline-offset-3 sm:px-6"
    >
      <time
        dateTime={date}
        className="w-11 shrink-0 rounded-lg bg-sunken py-1 text-center leading-tight"
      >
        <span className="block text-[0.6875rem] text-muted uppercase tracking-wide">
          <MonthText month={monthOf(date)} format="short" />
        </span>
        <span className="block font-semibold tabular-nums">{Number(date.slice(8))}</span>
      </time>
      <span className="min-w-0 flex-1 basis-28">
        <span className="block truncate">{title}</span>
        <span className={clsx('block text-sm', urgent ? 'text-danger' : 'text-muted')}>{note}</span>
      </span>
      <span className="ml-auto text-right">{children}</span>
    </Link>
  )
}

function expectedLabel(days: number, text: Text<'reports'>): string {
  if (days < 0) return text('expected any day')
  if (days < 2) return days === 0 ? text('today') : text('tomorrow')
  return text('in {days} days', { days })
}

function dueLabel(days: number, text: Text<'reports'>): string {
  if (days < 2) return days <= 0 ? text('due today') : text('due tomorrow')
  return text('due in {days} days', { days })
}
