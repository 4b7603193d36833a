'use client'

import clsx from 'clsx'
import { useState } from 'react'
import useSWR from 'swr'
import { errorMessage } from '@/components/lib/api'
import { ChartDataTable } from '@/components/reports/charts/chart-data-table'
import { NetWorthChart } from '@/components/reports/charts/net-worth-chart'
import { DateText, MoneyText } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import type { NetWorthHistoryResponse } from '@/lib/api/reports'
import { HISTORY_RANGES, type HistoryRange } from '@/lib/domain/reports/net-worth-history'

type CurrencyHistory = NetWorthHistoryResponse['currencies'][number]

const RANGE_LABELS: Record<HistoryRange, { short: string; long: string }> = {
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
  const { points, range, selectRange, selected, setSelected, error, isLoading } = useHistory(
    currency,
    initial
  )
  return (
    <div className="border-line border-t">
      <div className="px-5 pt-4 pb-3 sm:px-6">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <h3 className="font-medium text-[0.9375rem]">Over time</h3>
          <RangePicker range={range} onSelect={selectRange} />
        </div>
        {error && (
          <Notice
            tone="warn"
            live
            className="mt-3"
            title="Your net worth history could not be updated"
          >
            {errorMessage(error)}
          </Notice>
        )}
        {points.length < 2 ? (
          <p className="py-6 text-muted text-sm">Your history starts today. Check back tomorrow.</p>
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
  return (
    <>
      <SelectedValue points={points} chosen={selected} />
      <NetWorthChart
        points={points}
        selected={selected}
        onSelect={onSelect}
        label={`Net worth in ${currency}, day by day`}
      />
      {points.some(({ estimated }) => estimated) && (
        <p className="mt-2 text-muted text-xs">
          Dashed: estimated from today’s balances and your transactions.
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
  return (
    <fieldset className="flex gap-0.5 rounded-control border border-line p-0.5 print:hidden">
      <legend className="sr-only">Period</legend>
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
          <span aria-hidden="true">{RANGE_LABELS[one].short}</span>
          <span className="sr-only">{RANGE_LABELS[one].long}</span>
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
  const size = { minor: (change < 0n ? -change : change).toString(), currency: last.value.currency }
  return (
    <p className="my-2 min-h-12 text-[0.9375rem] text-muted tabular-nums sm:min-h-6">
      {point ? (
        <span key="day">
          <DateText date={point.on} />:{' '}
          <span className="font-medium text-ink">
            <MoneyText money={point.value} />
          </span>
          {point.estimated && <span>, estimated</span>}
        </span>
      ) : change === 0n ? (
        <span key="same">
          The same as on <DateText date={first.on} />
        </span>
      ) : (
        <span key="change">
          <span className="font-medium text-ink">
            <MoneyText money={size} /> <span>{change > 0n ? 'more' : 'less'}</span>
          </span>{' '}
          than on <DateText date={first.on} />
        </span>
      )}
    </p>
  )
}

function HistoryTable({
  points,
  currency
}: {
  points: CurrencyHistory['points']
  currency: string
}) {
  return (
    <ChartDataTable
      caption={`Net worth in ${currency} by day`}
      columns={['Day', 'Net worth', 'Source']}
    >
      {points.toReversed().map(({ on, value, estimated }) => (
        <tr key={on} className="[&>*]:py-1.5">
          <th scope="row" className="whitespace-nowrap text-left font-normal">
            <DateText date={on} />
          </th>
          <td className="whitespace-nowrap pl-4 text-right">
            <MoneyText money={value} />
          </td>
          <td className="pl-4 text-right text-muted">{estimated ? 'Estimated' : 'Reported'}</td>
        </tr>
      ))}
    </ChartDataTable>
  )
}
