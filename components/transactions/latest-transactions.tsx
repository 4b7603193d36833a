'use client'

import Link from 'next/link'
import useSWR from 'swr'
import { useText } from '#text'
import { errorMessage } from '@/components/lib/api'
import { EmptyText } from '@/components/reports/section'
import { TransactionsByDay } from '@/components/transactions/transactions-by-day'
import { useNewArrivals } from '@/components/transactions/use-new-transactions'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { PageResponse, TransactionResponse } from '@/lib/api/responses'

/** The newest transactions; new ones are marked and announced. */
export function LatestTransactions({
  path,
  initial
}: {
  path: string
  initial: PageResponse<TransactionResponse>
}) {
  const { data = initial, error } = useSWR<PageResponse<TransactionResponse>>(path, {
    fallbackData: initial
  })
  const text = useText('transactions')
  const newIds = useNewArrivals(data.items.map(({ id }) => id))
  return (
    <Card labelledBy="latest" className="overflow-hidden">
      <div className="flex items-center justify-between gap-4 px-5 sm:px-6 py-4">
        <h2 id="latest" className="font-semibold text-lg tracking-[-0.01em]">
          {text('Latest transactions')}
        </h2>
        <Link
          href="/transactions"
          className="inline-flex min-h-6 items-center font-medium text-[0.9375rem] text-accent underline-offset-2 hover:underline"
        >
          {text.rich('See all<hidden> transactions</hidden>', {
            hidden: (part) => <span className="sr-only">{part}</span>
          })}
        </Link>
      </div>
      <p role="status" className="sr-only">
        {newIds.size > 0 &&
          text('{count, plural, one {# new transaction} other {# new transactions}}', {
            count: newIds.size
          })}
      </p>
      {error && (
        <Notice tone="warn" className="mx-5 mb-4" title={text('These may be out of date')}>
          {errorMessage(error)}
        </Notice>
      )}
      {data.items.length > 0 ? (
        <div className="-mb-px border-line border-t">
          <TransactionsByDay items={data.items} newIds={newIds} complete={data.next === null} />
        </div>
      ) : (
        <EmptyText>{text('They appear here as soon as your bank has sent them.')}</EmptyText>
      )}
    </Card>
  )
}
