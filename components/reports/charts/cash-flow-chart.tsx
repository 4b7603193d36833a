import clsx from 'clsx'
import Link from 'next/link'
import { useText } from '#text'
import { AxisLabels, GridLines } from '@/components/reports/charts/axis'
import { gridLines, toPosition } from '@/components/reports/charts/line-geometry'
import { MoneyText, MonthText } from '@/components/ui/formatting'
import type { MonthlyCashFlowResponse } from '@/lib/api/reports'

type Props = {
  months: MonthlyCashFlowResponse[]
  selected: string
  hrefOf: (month: string) => string
}

/** The amounts that the axis must have room for: money out is below zero. */
const chartAmounts = (months: readonly MonthlyCashFlowResponse[]): bigint[] =>
  months.flatMap(({ in: incoming, out }) => [BigInt(incoming.minor), -BigInt(out.minor)])

/**
 * Money in above zero, money out below it, by month; the mark is the difference. Side and stripes
 * identify a bar, so that colors are not needed.
 */
export function CashFlowChart({ months, selected, hrefOf }: Props) {
  const lines = gridLines(chartAmounts(months))
  const currency = months[0]?.net.currency ?? ''
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 pr-3 pl-5 sm:pr-4 sm:pl-6">
      <div className="grid pt-2 pb-7 text-muted text-xs tabular-nums">
        <AxisLabels lines={lines} currency={currency} />
      </div>
      <div className="relative">
        <div className="absolute inset-x-0 top-2 bottom-7">
          <GridLines lines={lines} />
        </div>
        <ol className="relative grid h-48 auto-cols-fr grid-flow-col">
          {months.map((month) => (
            <li key={month.month} className="min-w-0">
              <MonthLink
                month={month}
                lines={lines}
                isSelected={month.month === selected}
                href={hrefOf(month.month)}
              />
            </li>
          ))}
        </ol>
      </div>
    </div>
  )
}

type MonthLinkProps = ColumnProps & { isSelected: boolean; href: string }

function MonthLink({ month, lines, isSelected, href }: MonthLinkProps) {
  const text = useText('reports')
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={isSelected ? 'true' : undefined}
      className={clsx(
        'flex h-full flex-col rounded-control px-[12%] pt-2 hover:bg-sunken/60 focus-visible:-outline-offset-3',
        isSelected && 'bg-sunken/60'
      )}
    >
      <span className="sr-only">
        {text.rich('<month></month>: <in></in> in, <out></out> out, <left></left> left', {
          month: () => <MonthText key="month" month={month.month} />,
          in: () => <MoneyText key="in" money={month.in} />,
          out: () => <MoneyText key="out" money={month.out} />,
          left: () => <MoneyText key="left" money={month.net} />
        })}
      </span>
      <Column month={month} lines={lines} />
      <span
        aria-hidden="true"
        className={clsx(
          'h-7 py-1.5 text-center text-xs',
          isSelected ? 'font-semibold text-ink' : 'text-muted'
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
  )
}

type ColumnProps = { month: MonthlyCashFlowResponse; lines: ReturnType<typeof gridLines> }

/** The bars of one month at the scale of the axis. */
function Column({ month, lines }: ColumnProps) {
  const ticks = lines.map(({ minor }) => minor)
  const at = (minor: bigint) => toPosition(minor, ticks)
  const [zero, net] = [at(0n), BigInt(month.net.minor)]
  const [top, bottom] = [at(BigInt(month.in.minor)), at(-BigInt(month.out.minor))]
  return (
    <span aria-hidden="true" className="relative mx-auto block min-h-0 w-full max-w-10 flex-1">
      <span
        className="absolute inset-x-0 rounded-t-[3px] bg-chart-in"
        style={{ top: `${top}%`, height: `${zero - top}%` }}
      />
      <span
        className="absolute inset-x-0 striped rounded-b-[3px] bg-chart-out"
        style={{ top: `${zero}%`, height: `${bottom - zero}%` }}
      />
      {net !== 0n && (
        <span
          className="absolute -inset-x-[12%] h-[3px] rounded-full bg-ink ring-2 ring-surface"
          style={{ top: `calc(${at(net)}% - 1.5px)` }}
        />
      )}
    </span>
  )
}
