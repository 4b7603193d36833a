import clsx from 'clsx'
import Link from 'next/link'
import { maxAmount, percentOf } from '@/components/reports/charts/bar-scale'
import { MoneyText, MonthText } from '@/components/ui/formatting'
import type { MonthlyCashFlowResponse } from '@/lib/api/reports'

type Props = {
  months: MonthlyCashFlowResponse[]
  selected: string
  hrefOf: (month: string) => string
}

/**
 * Money in above the axis, money out below it, by month; the mark is the difference. Side and
 * stripes identify a bar, so that colors are not needed.
 */
export function CashFlowChart({ months, selected, hrefOf }: Props) {
  const max = maxAmount(
    months.flatMap((month) => [BigInt(month.in.minor), BigInt(month.out.minor)])
  )
  return (
    <ol className="grid h-52 auto-cols-fr grid-flow-col px-3 sm:px-4">
      {months.map((month) => (
        <li key={month.month} className="min-w-0">
          <Link
            href={hrefOf(month.month)}
            scroll={false}
            aria-current={month.month === selected ? 'true' : undefined}
            className={clsx(
              'flex h-full flex-col rounded-control px-[12%] pt-2 hover:bg-sunken focus-visible:-outline-offset-3',
              month.month === selected && 'bg-sunken'
            )}
          >
            <span className="sr-only">
              <MonthText month={month.month} />: <MoneyText money={month.in} /> in,{' '}
              <MoneyText money={month.out} /> out, <MoneyText money={month.net} /> left
            </span>
            <Column month={month} most={max} />
            <span
              aria-hidden="true"
              className={clsx(
                'py-1.5 text-center text-xs',
                month.month === selected ? 'font-semibold text-ink' : 'text-muted'
              )}
            >
              <span className="sm:hidden">
                <MonthText month={month.month} format="narrow" />
              </span>
              <span className="hidden sm:inline">
                <MonthText month={month.month} format="short" />
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ol>
  )
}

function Column({ month, most: max }: { month: MonthlyCashFlowResponse; most: bigint }) {
  const net = BigInt(month.net.minor)
  const mark = percentOf(net < 0n ? -net : net, max)
  return (
    <span
      aria-hidden="true"
      className="relative mx-auto flex min-h-0 w-full max-w-10 flex-1 flex-col"
    >
      <span className="flex h-1/2 items-end border-line-strong/50 border-b">
        <span
          className="w-full rounded-t-[3px] bg-chart-in"
          style={{ height: `${percentOf(BigInt(month.in.minor), max)}%` }}
        />
      </span>
      <span className="h-1/2">
        <span
          className="block w-full striped rounded-b-[3px] bg-chart-out"
          style={{ height: `${percentOf(BigInt(month.out.minor), max)}%` }}
        />
      </span>
      {net !== 0n && (
        <span
          className="absolute -inset-x-[12%] h-[3px] rounded-full bg-ink ring-2 ring-surface"
          style={{ top: `calc(${net > 0n ? 50 - mark / 2 : 50 + mark / 2}% - 1.5px)` }}
        />
      )}
    </span>
  )
}
