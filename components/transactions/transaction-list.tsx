'use client'

import { useCallback, useMemo, useState } from 'react'
import { useText } from '#text'
import { errorMessage } from '@/components/lib/api'
import { BulkBar } from '@/components/transactions/edit/bulk-bar'
import type { OptimisticEdit } from '@/components/transactions/edit/edit-form'
import { CategoryPicker, TransactionPanel } from '@/components/transactions/edit/on-demand'
import { applyOptimisticEdit } from '@/components/transactions/edit/optimistic-edit'
import { useSelection } from '@/components/transactions/edit/use-selection'
import type { Opened } from '@/components/transactions/transaction-panel'
import { useNewArrivals, useUnseen } from '@/components/transactions/use-new-transactions'
import { usePages } from '@/components/transactions/use-pages'
import { VirtualList } from '@/components/transactions/virtual-list'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card, EmptyState } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { PageResponse, TransactionResponse } from '@/lib/api/responses'
import {
  isFiltered,
  type TransactionFilter,
  type TransactionSort
} from '@/lib/domain/transactions/transaction-filter'

/** New rows appear at the top, so only these are searched. */
const NEW_CHECK_LIMIT = 400

type Props = {
  initial: PageResponse<TransactionResponse>
  filter: TransactionFilter
  sort: TransactionSort
  hasAccounts: boolean
  seenAt: string | null
  /** Number of matches; null without a filter. */
  count: number | null
  tags: readonly string[]
}

const useEndReached = (loadMore: () => Promise<void>) =>
  useCallback(() => void loadMore(), [loadMore])

/** Rows that arrived while the list is open, and those the user has not seen. */
function useNewRows(items: readonly TransactionResponse[], seenAt: string | null) {
  const isUnseen = useUnseen(seenAt)
  const ids = useMemo(() => items.slice(0, NEW_CHECK_LIMIT).map(({ id }) => id), [items])
  const newIds = useNewArrivals(ids)
  return {
    isNew: (row: TransactionResponse) => newIds.has(row.id) || isUnseen(row),
    newCount: newIds.size
  }
}

/** The filtered transactions, loaded while scrolling, with selection and bulk edit. */
export function TransactionList(props: Props) {
  const { filter, sort, hasAccounts, seenAt, count, tags } = props
  const pages = usePages(props)
  const { items, more: hasMore, error, update } = pages
  const onEndReached = useEndReached(pages.loadMore)
  const selection = useSelection()
  const [opened, setOpened] = useState<Opened>(null)
  const [categorized, setCategorized] = useState<TransactionResponse | null>(null)
  const [bulkOpen, setBulkOpen] = useState(false)
  const onChange: OptimisticEdit = (id, change) =>
    update((row) => (row.id === id ? applyOptimisticEdit(row, change) : row))
  const { isNew, newCount } = useNewRows(items, seenAt)
  return (
    <>
      <NewCount count={newCount} />
      <Card className="mt-3 overflow-hidden sm:mt-5">
        {items.length > 0 ? (
          <VirtualList
            pages={pages.lists}
            items={items}
            byDay={sort === 'newest' || sort === 'oldest'}
            hasMore={hasMore}
            isNew={isNew}
            isSelected={selection.has}
            onToggle={({ id }) => selection.toggle(id)}
            onOpen={(row) => setOpened({ row, mode: 'facts' })}
            onEdit={(row) => (selection.any ? setBulkOpen(true) : setOpened({ row, mode: 'edit' }))}
            onCategorize={setCategorized}
            onVisibleRange={pages.setVisibleRange}
            onEndReached={onEndReached}
          />
        ) : (
          <NoTransactions hasAccounts={hasAccounts} filtered={isFiltered(filter)} />
        )}
        <LoadState error={error} hasMore={hasMore} loading={pages.loading} onRetry={onEndReached} />
      </Card>
      <BulkBar
        {...{ selection, filter, count, tags }}
        dialog={{ open: bulkOpen, set: setBulkOpen }}
        onOptimisticEdit={update}
      />
      <RowDialogs
        {...{ opened, categorized, tags, onChange }}
        onClose={() => setOpened(null)}
        onCategorized={() => setCategorized(null)}
      />
    </>
  )
}

/** Announces arrivals. */
function NewCount({ count }: { count: number }) {
  const text = useText('transactions')
  return (
    <p role="status" className="sr-only">
      {count > 0 &&
        text('{count, plural, one {# new transaction} other {# new transactions}}', { count })}
    </p>
  )
}

type RowDialogsProps = {
  opened: Opened
  categorized: TransactionResponse | null
  tags: readonly string[]
  onChange: OptimisticEdit
  onClose: () => void
  onCategorized: () => void
}

/** The panel of the opened row, or the choice of a row's category. */
const RowDialogs = ({ opened, categorized, onCategorized, ...panel }: RowDialogsProps) => (
  <>
    {opened && <TransactionPanel row={opened.row} mode={opened.mode} {...panel} />}
    {categorized && (
      <CategoryPicker row={categorized} onClose={onCategorized} onChange={panel.onChange} />
    )}
  </>
)

function LoadState({
  error,
  hasMore,
  loading,
  onRetry
}: {
  error: unknown
  hasMore: boolean
  loading: boolean
  onRetry: () => void
}) {
  const text = useText('transactions')
  if (error !== null)
    return (
      <Notice
        tone="bad"
        live
        className="m-5"
        title={text('Not everything could be loaded')}
        action={
          <Button variant="quiet" onClick={onRetry}>
            {text('Try again')}
          </Button>
        }
      >
        {errorMessage(error)}
      </Notice>
    )
  return (
    hasMore && (
      <p className="px-5 py-5 text-center text-muted text-sm">
        {loading ? text('Loading more') : text('Scroll for more')}
      </p>
    )
  )
}

function NoTransactions({ hasAccounts, filtered }: { hasAccounts: boolean; filtered: boolean }) {
  const text = useText('transactions')
  if (filtered && hasAccounts) {
    return (
      <EmptyState
        title={text('No transactions match')}
        action={
          <ButtonLink href="/transactions" variant="quiet">
            {text('Clear all filters')}
          </ButtonLink>
        }
      >
        {text('No transaction matches all of your filters.')}
      </EmptyState>
    )
  }
  if (hasAccounts)
    return (
      <EmptyState title={text('No transactions here')}>
        {text('They appear as soon as your bank has sent them.')}
      </EmptyState>
    )
  return (
    <EmptyState
      title={text('No transactions yet')}
      action={<ButtonLink href="/connections">{text('Add a bank account')}</ButtonLink>}
    >
      {text('Add a bank, and up to two years of its transactions appear here.')}
    </EmptyState>
  )
}
