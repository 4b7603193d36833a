import clsx from 'clsx'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useText } from '#text'
import { MonthText } from '@/components/ui/formatting'
import { addMonths } from '@/lib/domain/periods'

type Props = { month: string; currentMonth: string; hrefOf: (month: string) => string }

const STEP_BUTTON_CLASS =
  'inline-flex size-10 items-center justify-center rounded-control border border-line bg-surface'

/** Month navigation; the current month is the last one. */
export function MonthPicker({ month, currentMonth, hrefOf }: Props) {
  const text = useText('reports')
  const [previousMonth, nextMonth] = [addMonths(month, -1), addMonths(month, 1)]
  return (
    <nav aria-label={text('Month')} className="flex items-center gap-2">
      <Link
        href={hrefOf(previousMonth)}
        scroll={false}
        prefetch={false}
        className={clsx(STEP_BUTTON_CLASS, 'hover:bg-sunken')}
      >
        <ChevronLeft aria-hidden="true" className="size-5" />
        <span className="sr-only">
          <MonthText month={previousMonth} />
        </span>
      </Link>
      <span aria-current="true" className="min-w-36 text-center font-medium">
        <MonthText month={month} />
      </span>
      {month < currentMonth ? (
        <Link
          href={hrefOf(nextMonth)}
          scroll={false}
          prefetch={false}
          className={clsx(STEP_BUTTON_CLASS, 'hover:bg-sunken')}
        >
          <ChevronRight aria-hidden="true" className="size-5" />
          <span className="sr-only">
            <MonthText month={nextMonth} />
          </span>
        </Link>
      ) : (
        <span aria-hidden="true" className={clsx(STEP_BUTTON_CLASS, 'text-muted opacity-40')}>
          <ChevronRight className="size-5" />
        </span>
      )}
    </nav>
  )
}

/** Currency of the reports below. Hidden when there is only one. */
export function CurrencyPicker({
  currencies,
  selected,
  hrefOf
}: {
  currencies: readonly string[]
  selected: string | null
  hrefOf: (currency: string) => string
}) {
  const text = useText('reports')
  if (currencies.length < 2) return null
  return (
    <nav
      aria-label={text('Currency')}
      className="flex gap-1 rounded-control border border-line bg-surface p-1"
    >
      {currencies.map((currency) => (
        <Link
          key={currency}
          href={hrefOf(currency)}
          scroll={false}
          prefetch={false}
          aria-current={currency === selected ? 'true' : undefined}
          className={clsx(
            'rounded-md px-3 py-1 font-medium text-sm',
            currency === selected ? 'bg-accent-soft text-accent' : 'text-muted hover:text-ink'
          )}
        >
          {currency}
        </Link>
      ))}
    </nav>
  )
}
