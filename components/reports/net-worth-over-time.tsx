'use client'

import clsx from 'clsx'
import { type ReactNode, useState } from 'react'
import useSWR from 'swr'
import { useText } from '#text'
import { errorMessage } from '@/components/lib/api'
import { ChartDataTable } from '@/components/reports/charts/chart-data-table'
import { NetWorthChart } from '@/components/reports/charts/net-worth-chart'
import { DateText, MoneyText, useFormatting } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import type { NetWorthHistoryResponse } from '@/lib/api/reports'
import type { MoneyResponse } from '@/lib/api/responses'
import { HISTORY_RANGES, type HistoryRange } from '@/lib/domain/reports/net-worth-history'
import type { TextKey } from '@/lib/domain/text/text'

type CurrencyHistory = NetWorthHistoryResponse['currencies'][number]

type Label = TextKey<'reports'>

const RANGE_LABELS: Record<HistoryRange, { short: Label; long: Label }> = {
  '1m': { short: '1M', long: 'One month' },
  '3m': { short: '3M', long: 'Three months' },
  '1y': { short: '1Y', long: 'One year' },
  all: { short: 'All', long: 'All history' }
}
const DEFAULT_RANGE: HistoryRange = '3m'

/** The history of a period, and the day selected in it. */
function useHistory(currency: string, initial: NetWorthHistoryResponse) {
  const [range, setRange] = useState<HistoryRange>(DEFAULT_RANGE)
  const [selected, setSelected] = useState<number | null>(null)
  const { data, error, isLoading } = useSWR<NetWorthHistoryResponse>(
    `/api/v1/net-worth/history?range=${range}`,
    {
      keepPreviousData: true,
      ...(range === DEFAULT_RANGE ? { fallbackData: initial } : {})
    }
  )
  const line = (data ?? initial).currencies.find((one) => one.currency === currency)
  const selectRange = (next: HistoryRange) => {
    setSelected(null)
    setRange(next)
  }
  const points = line?.points ?? []
  return { points, range, selectRange, selected, setSelected, error, isLoading }
}

/** Net worth history of one currency: chart, selected day and data table. */
export function NetWorthOverTime({
  currency,
  initial
}: {
  currency: string
  initial: NetWorthHistoryResponse
}) {
  const text = useText('reports')
  const { points, range, selectRange, selected, setSelected, error, isLoading } = useHistory(
    currency,
    initial
  )
  return (
    <div className="border-line border-t">
      <div className="px-5 pt-4 pb-3 sm:px-6">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <h3 className="font-medium text-[0.9375rem]">{text('Over time')}</h3>
          <RangePicker range={range} onSelect={selectRange} />
        </div>
        {error && (
          <Notice
            tone="warn"
            live
            className="mt-3"
            title={text('Your net worth history could not be updated')}
          >
            {errorMessage(error)}
          </Notice>
        )}
        {points.length < 2 ? (
          <p className="py-6 text-muted text-sm">
            {text('Your history starts today. Check back tomorrow.')}
          </p>
        ) : (
          <div aria-busy={isLoading}>
            <Chart points={points} currency={currency} selected={selected} onSelect={setSelected} />
          </div>
        )}
      </div>
      {points.length > 1 && <HistoryTable points={points} currency={currency} />}
    </div>
  )
}

function Chart({
  points,
  currency,
  selected,
  onSelect
}: {
  points: CurrencyHistory['points']
  currency: string
  selected: number | null
  onSelect: (index: number | null) => void
}) {
  const text = useText('reports')
  return (
    <>
      <SelectedValue points={points} chosen={selected} />
      <NetWorthChart
        points={points}
        selected={selected}
        onSelect={onSelect}
        label={text('Net worth in {currency}, day by day', { currency })}
      />
      {points.some(({ estimated }) => estimated) && (
        <p className="mt-2 text-muted text-xs">
          {text('Dashed: estimated from today’s balances and your transactions.')}
        </p>
      )}
    </>
  )
}

function RangePicker({
  range,
  onSelect: selectRange
}: {
  range: HistoryRange
  onSelect: (range: HistoryRange) => void
}) {
  const text = useText('reports')
  return (
    <fieldset className="flex gap-0.5 rounded-control border border-line p-0.5 print:hidden">
      <legend className="sr-only">{text('Period')}</legend>
      {HISTORY_RANGES.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === range}
          onClick={() => selectRange(one)}
          className={clsx(
            'min-h-8 min-w-10 rounded-md px-2 font-medium text-sm',
            one === range ? 'bg-accent-soft text-accent' : 'text-muted hover:text-ink'
          )}
        >
          <span aria-hidden="true">{text(RANGE_LABELS[one].short)}</span>
          <span className="sr-only">{text(RANGE_LABELS[one].long)}</span>
        </button>
      ))}
    </fieldset>
  )
}

/**
 * The selected day, else the change over the period. The height is fixed, because on a phone it may
 * take two lines.
 */
function SelectedValue({
  points,
  chosen: selected
}: {
  points: CurrencyHistory['points']
  chosen: number | null
}) {
  const [first, last] = [points[0], points.at(-1)]
  const point = selected === null ? undefined : points[selected]
  if (!first || !last) return null
  const change = BigInt(last.value.minor) - BigInt(first.value.minor)
  return (
    <p className="my-2 min-h-12 text-[0.9375rem] text-muted tabular-nums sm:min-h-6">
      {point ? (
        <DayValue key="day" point={point} />
      ) : (
        <ChangeSince key="change" on={first.on} change={{ ...last.value, minor: `${change}` }} />
      )}
    </p>
  )
}

function DayValue({
  point: { on, value, estimated }
}: {
  point: CurrencyHistory['points'][number]
}) {
  const text = useText('reports')
  const parts = {
    date: () => <DateText key="date" date={on} />,
    amount: () => (
      <span key="amount" className="font-medium text-ink">
        <MoneyText money={value} />
      </span>
    )
  }
  return (
    <span>
      {estimated
        ? text.rich('<date></date>: <amount></amount>, estimated', parts)
        : text.rich('<date></date>: <amount></amount>', parts)}
    </span>
  )
}

function ChangeSince({ on, change }: { on: string; change: MoneyResponse }) {
  const text = useText('reports')
  const date = () => <DateText key="date" date={on} />
  const parts = {
    amount: () => (
      <MoneyText key="amount" money={{ ...change, minor: change.minor.replace('-', '') }} />
    ),
    strong: (part: ReactNode) => (
      <span key="strong" className="font-medium text-ink">
        {part}
      </span>
    ),
    date
  }
  if (change.minor === '0')
    return <span key="same">{text.rich('The same as on <date></date>', { date })}</span>
  return change.minor.startsWith('-') ? (
    <span key="less">
      {text.rich('<strong><amount></amount> less</strong> than on <date></date>', parts)}
    </span>
  ) : (
    <span key="more">
      {text.rich('<strong><amount></amount> more</strong> than on <date></date>', parts)}
    </span>
  )
}

function HistoryTable({
  points,
  currency
}: {
  points: CurrencyHistory['points']
  currency: string
}) {
  const text = useText('reports')
  const format = useFormatting()
  const [estimatedLabel, reportedLabel] = [text('Estimated'), text('Reported')]
  return (
    <ChartDataTable
      caption={text('Net worth in {currency} by day', { currency })}
      columns={[text('Day'), text('Net worth'), text('Source')]}
    >
      {points.toReversed().map(({ on, value, estimated }) => (
        <tr key={on}>
          <th scope="row" suppressHydrationWarning>
            {format.date(on)}
          </th>
          <td suppressHydrationWarning>{format.money(value)}</td>
          <td className="text-muted">{estimated ? estimatedLabel : reportedLabel}</td>
        </tr>
      ))}
    </ChartDataTable>
  )
}
