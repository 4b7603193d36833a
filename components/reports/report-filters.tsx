import clsx from 'clsx'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { addMonths } from '@/lib/domain/periods'
import { Month } from '@/components/ui/formatting'

type Props = { month: string; newest: string; hrefOf: (month: string) => string }

const STEP =
  'inline-flex size-10 items-center justify-center rounded-control border border-line bg-surface'

/** From month to month; the one that is under way is the last. */
export function MonthSwitch({ month, newest, hrefOf }: Props) {
  const [before, after] = [addMonths(month, -1), addMonths(month, 1)]
  return (
    <nav aria-label="Month" className="flex items-center gap-2">
      <Link
        href={hrefOf(before)}
        scroll={false}
        prefetch={false}
        className={clsx(STEP, 'hover:bg-sunken')}
      >
        <ChevronLeft aria-hidden="true" className="size-5" />
        <span className="sr-only">
          <Month of={before} />
        </span>
      </Link>
      <span aria-current="true" className="min-w-36 text-center font-medium">
        <Month of={month} />
      </span>
      {month < newest ? (
        <Link
          href={hrefOf(after)}
          scroll={false}
          prefetch={false}
          className={clsx(STEP, 'hover:bg-sunken')}
        >
          <ChevronRight aria-hidden="true" className="size-5" />
          <span className="sr-only">
            <Month of={after} />
          </span>
        </Link>
      ) : (
        <span aria-hidden="true" className={clsx(STEP, 'text-muted opacity-40')}>
          <ChevronRight className="size-5" />
        </span>
      )}
    </nav>
  )
}

/** Which currency the sums below are in. Nothing is shown where there is only one. */
export function CurrencySwitch({
  currencies,
  chosen,
  hrefOf
}: {
  currencies: readonly string[]
  chosen: string | null
  hrefOf: (currency: string) => string
}) {
  if (currencies.length < 2) return null
  return (
    <nav
      aria-label="Currency"
      className="flex gap-1 rounded-control border border-line bg-surface p-1"
    >
      {currencies.map((currency) => (
        <Link
          key={currency}
          href={hrefOf(currency)}
          scroll={false}
          prefetch={false}
          aria-current={currency === chosen ? 'true' : undefined}
          className={clsx(
            'rounded-md px-3 py-1 font-medium text-sm',
            currency === chosen ? 'bg-accent-soft text-accent' : 'text-muted hover:text-ink'
          )}
        >
          {currency}
        </Link>
      ))}
    </nav>
  )
}
