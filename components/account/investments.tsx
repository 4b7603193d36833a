'use client'

import useSWR from 'swr'
import { useText } from '#text'
import { formatYield } from '@/components/account/format-yield'
import { StrategyForm } from '@/components/account/strategy-form'
import { errorMessage } from '@/components/lib/api'
import { Amount } from '@/components/ui/amount'
import { Card } from '@/components/ui/card'
import { useFormatting } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import { LoadingStatus, Skeleton } from '@/components/ui/skeleton'
import type { InvestmentsResponse, SecurityResponse } from '@/lib/api/bank-account'

const PATH = '/api/v1/account/investments'

/** Current holdings and the strategy for new money, directly from Jiko. */
export function Investments({ open }: { open: boolean }) {
  const { data, error, mutate } = useSWR<InvestmentsResponse>(PATH)
  const text = useText('account')
  return (
    <Card labelledBy="investments" className="p-5 sm:p-6">
      <h2 id="investments" className="font-medium">
        {text('Your investments')}
      </h2>
      {data ? (
        <>
          <Holdings {...data} />
          <StrategyForm
            investments={data}
            open={open}
            onChange={(updated) => void mutate(updated, { revalidate: false })}
          />
        </>
      ) : error ? (
        <Notice
          tone="bad"
          live
          className="mt-4"
          title={text('Your investments could not be loaded')}
        >
          {errorMessage(error)}
        </Notice>
      ) : (
        <div className="mt-4 space-y-2">
          <LoadingStatus label={text('your investments')} />
          <Skeleton className="h-5 w-full max-w-56" />
          <Skeleton className="h-5 w-full max-w-40" />
        </div>
      )}
    </Card>
  )
}

function Holdings({ securities, cash }: InvestmentsResponse) {
  const text = useText('account')
  if (securities.length === 0 && (!cash || cash.minor === '0'))
    return (
      <p className="mt-2 text-[0.9375rem] text-muted leading-6">
        {text('No investments yet. Money you add is put into US Treasury bills.')}
      </p>
    )
  return (
    <ul className="mt-3 divide-y divide-line border-line border-y">
      {securities.map((security) => (
        <Holding key={`${security.description}-${security.maturesOn}`} {...security} />
      ))}
      {cash && (
        <li className="flex items-baseline justify-between gap-4 py-3">
          <span>{text('Cash')}</span>
          <Amount money={cash} className="font-medium" />
        </li>
      )}
    </ul>
  )
}

function Holding({ description, value, maturesOn, yieldToMaturity }: SecurityResponse) {
  const format = useFormatting()
  const text = useText('account')
  const percent = formatYield(yieldToMaturity, format.locale)
  const details = [
    percent && text('Yield {percent}', { percent }),
    maturesOn && text('matures {date}', { date: format.date(maturesOn.slice(0, 10)) })
  ]
  return (
    <li className="flex items-baseline justify-between gap-4 py-3">
      <span>
        {description}
        <span className="block text-muted text-sm">{details.filter(Boolean).join(', ')}</span>
      </span>
      <Amount money={value} className="font-medium" />
    </li>
  )
}
