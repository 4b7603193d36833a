'use client'

import { useCallback, useMemo, useState } from 'react'
import type { PageResponse, TransactionResponse } from '@/lib/api/responses'
import {
  isFiltered,
  type TransactionSort,
  type TransactionFilter
} from '@/lib/domain/transactions/transaction-filter'
import { messageOf } from '@/components/lib/api'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card, EmptyState } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { Counted } from '@/components/ui/formatting'
import { BulkBar } from '@/components/transactions/edit/bulk-bar'
import { changed } from '@/components/transactions/edit/optimistic-edit'
import { type Opened, TransactionPanel } from '@/components/transactions/transaction-panel'
import { useFresh } from '@/components/transactions/use-new-arrivals'
import { useNew } from '@/components/transactions/use-unseen'
import { usePages } from '@/components/transactions/use-pages'
import { useSelection } from '@/components/transactions/edit/use-selection'
import { VirtualRows } from '@/components/transactions/virtual-list'

/** What arrives while the page is open arrives at the top, so no more is looked through. */
const NEWEST = 400

type Props = {
  initial: PageResponse<TransactionResponse>
  filter: TransactionFilter
  sort: TransactionSort
  hasAccounts: boolean
  seenAt: string | null
  /** How many a filter found; null where nothing is filtered. */
  count: number | null
  tags: readonly string[]
}

/** The transactions that a filter means, as far as they are scrolled, and what can be done with them. */
export function TransactionList({
  initial,
  filter,
  sort,
  hasAccounts,
  seenAt,
  count,
  tags
}: Props) {
  const { lists, items, more, loading, error, loadMore, update, setSight } = usePages({
    initial,
    filter,
    sort
  })
  const selection = useSelection()
  const [opened, setOpened] = useState<Opened>(null)
  const [bulk, setBulk] = useState(false)
  const isNew = useNew(seenAt)
  const ids = useMemo(() => items.slice(0, NEWEST).map(({ id }) => id), [items])
  const fresh = useFresh(ids)
  const toEnd = useCallback(() => void loadMore(), [loadMore])
  return (
    <>
      <p role="status" className="sr-only">
        {fresh.size > 0 && <Counted of={fresh.size} one="new transaction" />}
      </p>
      <Card className="mt-5 overflow-hidden">
        {items.length > 0 ? (
          <VirtualRows
            pieces={lists}
            items={items}
            byDay={sort === 'newest' || sort === 'oldest'}
            more={more}
            isFresh={(row) => fresh.has(row.id) || isNew(row)}
            isSelected={selection.has}
            onToggle={({ id }) => selection.toggle(id)}
            onOpen={(row) => setOpened({ row, mode: 'facts' })}
            onEdit={(row) => (selection.any ? setBulk(true) : setOpened({ row, mode: 'edit' }))}
            onSight={setSight}
            onEnd={toEnd}
          />
        ) : (
          <NoTransactions hasAccounts={hasAccounts} filtered={isFiltered(filter)} />
        )}
        {error !== null && (
          <Notice
            tone="bad"
            live
            className="m-5"
            title="Not everything could be loaded"
            action={
              <Button look="quiet" onClick={toEnd}>
                Try again
              </Button>
            }
          >
            {messageOf(error)}
          </Notice>
        )}
        {more && error === null && (
          <p className="px-5 py-5 text-center text-muted text-sm">
            {loading ? 'Loading more' : 'Scroll for more'}
          </p>
        )}
      </Card>
      <BulkBar
        selection={selection}
        filter={filter}
        count={count}
        tags={tags}
        dialog={{ open: bulk, set: setBulk }}
        onChange={update}
      />
      <TransactionPanel
        row={opened?.row ?? null}
        mode={opened?.mode}
        tags={tags}
        onClose={() => setOpened(null)}
        onChange={(id, change) => update((row) => (row.id === id ? changed(row, change) : row))}
      />
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
  if (hasAccounts)
    return (
      <EmptyState title="No transactions here">
        They appear as soon as your bank has sent them.
      </EmptyState>
    )
  return (
    <EmptyState
      title="No transactions yet"
      action={<ButtonLink href="/connections">Add a bank account</ButtonLink>}
    >
      Add a bank, and up to two years of its transactions appear here.
    </EmptyState>
  )
}
