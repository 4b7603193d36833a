'use client'

import useSWRInfinite from 'swr/infinite'
import type { Page, WireTransaction } from '@/lib/api/answers'
import { isFiltered, type Sort, type TransactionFilter, toSearch } from '@/lib/domain/transaction-filter'
import { messageOf } from '../api'
import { useChange } from '../live'
import { Button, ButtonLink } from '../ui/button'
import { Card, EmptyState } from '../ui/card'
import { Notice } from '../ui/notice'
import { TransactionRows } from './transaction-rows'
import { useFresh } from './use-fresh'
import { useNew } from './use-new'

const SIZE = 50

type Props = { initial: Page<WireTransaction>; filter: TransactionFilter; sort: Sort; hasAccounts: boolean; seenAt: string | null }

function pathOf(filter: TransactionFilter, sort: Sort, cursor: string | null): string {
  const search = new URLSearchParams(toSearch(filter, sort))
  search.set('limit', String(SIZE))
  if (cursor) search.set('cursor', cursor)
  return `/api/v1/transactions?${search}`
}

/** The transactions that a filter means, page by page. */
export function TransactionList({ initial, filter, sort, hasAccounts, seenAt }: Props) {
  const { data, error, size, setSize, isValidating, mutate } = useSWRInfinite<Page<WireTransaction>>(
    (index: number, previous: Page<WireTransaction> | null) => (index > 0 && !previous?.next ? null : pathOf(filter, sort, previous?.next ?? null)),
    { fallbackData: [initial], revalidateFirstPage: false }
  )
  useChange(() => void mutate())
  const pages = data ?? [initial]
  const items = pages.flatMap((page) => page.items)
  const isNew = useNew(seenAt)
  const fresh = useFresh(items.map(({ id }) => id))
  const marked = new Set([...fresh, ...items.filter(isNew).map(({ id }) => id)])
  const more = pages.at(-1)?.next
  const loading = isValidating && size > pages.length
  return (
    <>
      <p role="status" className="sr-only">
        {fresh.size > 0 ? `${fresh.size} new ${fresh.size === 1 ? 'transaction' : 'transactions'}` : `${items.length} transactions shown`}
      </p>
      <Card className="mt-5 overflow-hidden">
        {items.length > 0 ? (
          <TransactionRows items={items} fresh={marked} headingLevel={2} byDay={sort === 'newest' || sort === 'oldest'} />
        ) : (
          <NoTransactions hasAccounts={hasAccounts} filtered={isFiltered(filter)} />
        )}
        {error && (
          <Notice tone="bad" live className="m-5" title="Not everything could be loaded">
            {messageOf(error)}
          </Notice>
        )}
        {more && (
          <div className="flex justify-center px-5 py-5">
            <Button look="quiet" busy={loading} onClick={() => void setSize(pages.length + 1)}>
              {loading ? 'Loading' : 'Load more'}
            </Button>
          </div>
        )}
      </Card>
    </>
  )
}

function NoTransactions({ hasAccounts, filtered }: { hasAccounts: boolean; filtered: boolean }) {
  if (filtered && hasAccounts) {
    return (
      <EmptyState
        title="No transactions match"
        action={
          <ButtonLink href="/transactions" look="quiet">
            Clear all filters
          </ButtonLink>
        }
      >
        Nothing that your banks have sent fits everything you asked for.
      </EmptyState>
    )
  }
  if (hasAccounts) return <EmptyState title="No transactions here">They appear as soon as your bank has sent them.</EmptyState>
  return (
    <EmptyState title="No transactions yet" action={<ButtonLink href="/connections">Add a bank account</ButtonLink>}>
      Add a bank, and up to two years of its transactions appear here.
    </EmptyState>
  )
}
