'use client'

import useSWRInfinite from 'swr/infinite'
import type { WireBankTransaction } from '@/lib/api/account'
import type { Page } from '@/lib/api/answers'
import { messageOf } from '../api'
import { useChange } from '../live'
import { Amount } from '../money/amount'
import { Button } from '../ui/button'
import { Card } from '../ui/card'
import { Notice } from '../ui/notice'
import { SkeletonRows } from '../ui/skeleton'
import { When } from '../ui/when'

const SIZE = 20
const pathOf = (cursor: string | null) => `/api/v1/account/transactions?${new URLSearchParams({ limit: String(SIZE), ...(cursor ? { cursor } : {}) })}`

/** What moved in the account, read from the bank page by page. */
export function BankTransactions() {
  const { data, error, size, setSize, mutate, isValidating } = useSWRInfinite<Page<WireBankTransaction>>(
    (index: number, previous: Page<WireBankTransaction> | null) => (index > 0 && !previous?.next ? null : pathOf(previous?.next ?? null)),
    { revalidateFirstPage: false }
  )
  useChange(() => void mutate())
  const items = data?.flatMap((page) => page.items) ?? []
  const loading = isValidating && size > (data?.length ?? 0)
  return (
    <Card labelledBy="bank-transactions" className="overflow-hidden">
      <h2 id="bank-transactions" className="px-5 pt-5 font-medium sm:px-6">
        Money in and out
      </h2>
      {!data && !error && <SkeletonRows count={3} className="mt-2" />}
      {data && items.length === 0 && <p className="px-5 pt-2 pb-5 text-[0.9375rem] text-muted sm:px-6">Nothing has moved yet.</p>}
      <ul className="mt-3 divide-y divide-line">
        {items.map((item) => (
          <Movement key={item.id} {...item} />
        ))}
      </ul>
      {error && (
        <Notice tone="bad" live className="m-5" title="Not everything could be loaded">
          {messageOf(error)}
        </Notice>
      )}
      {data?.at(-1)?.next && (
        <div className="flex justify-center px-5 py-5">
          <Button look="quiet" busy={loading} onClick={() => void setSize(data.length + 1)}>
            {loading ? 'Loading' : 'Load more'}
          </Button>
        </div>
      )}
    </Card>
  )
}

function Movement({ title, amount, pending, bookedAt, settledAt }: WireBankTransaction) {
  return (
    <li className="flex items-center justify-between gap-4 px-5 py-3 sm:px-6">
      <div className="min-w-0">
        <p className="truncate">{title}</p>
        <p className="text-muted text-sm">
          <When at={bookedAt} />
          {pending ? ' · not settled yet' : settledAt ? ' · settled' : ''}
        </p>
      </div>
      <Amount money={amount} change className="font-medium" />
    </li>
  )
}
