import { Fragment } from 'react'
import { useText } from '#text'
import { CashFlowChart } from '@/components/reports/charts/cash-flow-chart'
import { ChartDataTable } from '@/components/reports/charts/chart-data-table'
import { EmptyText, Section } from '@/components/reports/section'
import { SumLink } from '@/components/reports/sum-link'
import { Amount } from '@/components/ui/amount'
import { MoneyText, MonthText } from '@/components/ui/formatting'
import type { CashFlowResponse, MonthlyCashFlowResponse } from '@/lib/api/reports'

type Props = {
  flow: CashFlowResponse['currencies'][number] | null
  month: string
  isCurrentMonth: boolean
  hrefOf: (month: string) => string
}

/** Money in, money out and the difference, by month. */
export function CashFlowCard({ flow, month, isCurrentMonth, hrefOf }: Props) {
  const text = useText('reports')
  const selectedMonth = flow?.months.find((one) => one.month === month)
  return (
    <Section
      id="cash-flow"
      title={text('Cash flow')}
      note={text('Excludes transfers, card payments and pending transactions')}
    >
      {flow && selectedMonth ? (
        <>
          <Figures chosen={selectedMonth} unfinished={isCurrentMonth} />
          <CashFlowChart months={monthsWithData(flow.months)} selected={month} hrefOf={hrefOf} />
          <CashFlowTable months={monthsWithData(flow.months)} />
        </>
      ) : (
        <EmptyText>
          {text('Your money in and out appears here once a bank has sent transactions.')}
        </EmptyText>
      )}
    </Section>
  )
}

const MIN_MONTHS = 6
const isEmpty = ({ in: incoming, out }: MonthlyCashFlowResponse) =>
  incoming.minor === '0' && out.minor === '0'

/**
 * Leading months without data are dropped, but at least six stay so that bars do not become too
 * wide.
 */
function monthsWithData(months: MonthlyCashFlowResponse[]): MonthlyCashFlowResponse[] {
  const first = months.findIndex((month) => !isEmpty(month))
  return months.slice(Math.max(0, Math.min(first, months.length - MIN_MONTHS)))
}

function Figures({
  chosen: selectedMonth,
  unfinished: isCurrentMonth
}: {
  chosen: MonthlyCashFlowResponse
  unfinished: boolean
}) {
  const text = useText('reports')
  const month = () => <MonthText key="month" month={selectedMonth.month} />
  const monthLabel = (
    <Fragment key="month">
      {isCurrentMonth ? text.rich('<month></month> so far', { month }) : month()}
    </Fragment>
  )
  return (
    <div className="px-5 pb-3 sm:px-6">
      <p className="text-muted text-sm">{monthLabel}</p>
      <dl className="mt-1 flex flex-wrap gap-x-4 gap-y-2">
        <Figure label={text('In')} swatch="bg-chart-in">
          <SumLink
            sum={selectedMonth.in}
            description={text.rich('in, <month></month>', { month: () => monthLabel })}
          />
        </Figure>
        <Figure label={text('Out')} swatch="striped bg-chart-out">
          <SumLink
            sum={selectedMonth.out}
            description={text.rich('out, <month></month>', { month: () => monthLabel })}
          />
        </Figure>
        <Figure label={text('Left')} swatch="h-[3px] self-center bg-ink">
          <Amount money={selectedMonth.net} />
        </Figure>
      </dl>
    </div>
  )
}

function Figure({
  label,
  swatch,
  children
}: {
  label: string
  swatch: string
  children: React.ReactNode
}) {
  return (
    <div className="min-w-max grow basis-0">
      <dt className="flex items-center gap-1.5 text-muted text-sm">
        <span aria-hidden="true" className={`size-2.5 rounded-[3px] ${swatch}`} />
        {label}
      </dt>
      <dd className="font-semibold text-[1.0625rem] tabular-nums tracking-[-0.01em] sm:text-xl">
        {children}
      </dd>
    </div>
  )
}

function CashFlowTable({ months }: { months: MonthlyCashFlowResponse[] }) {
  const text = useText('reports')
  return (
    <ChartDataTable
      caption={text('Money in and out by month')}
      columns={[text('Month'), text('In'), text('Out'), text('Left')]}
    >
      {months.toReversed().map((month) => (
        <tr key={month.month}>
          <th scope="row">
            <MonthText month={month.month} />
          </th>
          <td>
            <SumLink sum={month.in} />
          </td>
          <td>
            <SumLink sum={month.out} />
          </td>
          <td>
            <MoneyText money={month.net} />
          </td>
        </tr>
      ))}
    </ChartDataTable>
  )
}
