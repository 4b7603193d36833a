'use client'

import type { ReactNode } from 'react'
import useSWRInfinite from 'swr/infinite'
import { useText } from '#text'
import { errorMessage } from '@/components/lib/api'
import { useServerChange } from '@/components/lib/live-updates'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { PageResponse } from '@/lib/api/responses'

type Props<T> = {
  id: string
  title: string
  path: string
  /** Rows per page; the server's default if absent. */
  pageSize?: number
  /** Text for an empty list; if absent, the card is hidden while it is empty. */
  emptyText?: string
  /** Number of skeleton rows while the first page loads. */
  skeletonRows?: number
  /** The object of "Load more", for screen readers. */
  itemLabel: string
  errorTitle: string
  /** Data that changes monthly is not reloaded with every change. */
  live?: boolean
  children: (item: T) => ReactNode
}

/** A paged list of the Jiko account. */
export function PagedCard<T>({
  id,
  title,
  path,
  pageSize,
  emptyText,
  skeletonRows = 3,
  itemLabel,
  errorTitle,
  live = true,
  children
}: Props<T>) {
  const { data, error, size, setSize, mutate, isValidating } = useSWRInfinite<PageResponse<T>>(
    (index: number, previous: PageResponse<T> | null) =>
      index > 0 && !previous?.next ? null : pagePath(path, pageSize, previous?.next),
    { revalidateFirstPage: false }
  )
  useServerChange(() => live && void mutate())
  const items = data?.flatMap((page) => page.items) ?? []
  if (!emptyText && items.length === 0 && !error) return null
  const loading = isValidating && size > (data?.length ?? 0)
  return (
    <Card labelledBy={id} className="overflow-hidden">
      <h2 id={id} className="px-5 pt-5 font-medium sm:px-6">
        {title}
      </h2>
      {!data && !error && <SkeletonRows count={skeletonRows} className="mt-2" />}
      {data && items.length === 0 && (
        <p className="px-5 pt-2 pb-5 text-[0.9375rem] text-muted sm:px-6">{emptyText}</p>
      )}
      <ul className="mt-3 divide-y divide-line">{items.map(children)}</ul>
      {error && (
        <Notice tone="bad" live className="m-5" title={errorTitle}>
          {errorMessage(error)}
        </Notice>
      )}
      {data?.at(-1)?.next && (
        <LoadMore
          loading={loading}
          itemLabel={itemLabel}
          onLoad={() => void setSize(data.length + 1)}
        />
      )}
    </Card>
  )
}

type LoadMoreProps = { loading: boolean; itemLabel: string; onLoad: () => void }

function LoadMore({ loading, itemLabel, onLoad }: LoadMoreProps) {
  const text = useText('common')
  return (
    <div className="flex justify-center px-5 py-5">
      <Button variant="quiet" busy={loading} onClick={onLoad}>
        {text.rich(
          loading ? 'Loading<hidden> {items}</hidden>' : 'Load more<hidden> {items}</hidden>',
          {
            items: itemLabel,
            hidden: (part) => (
              <span key="items" className="sr-only">
                {part}
              </span>
            )
          }
        )}
      </Button>
    </div>
  )
}

function pagePath(
  path: string,
  pageSize: number | undefined,
  cursor: string | null | undefined
): string {
  const search = new URLSearchParams({
    ...(pageSize ? { limit: String(pageSize) } : {}),
    ...(cursor ? { cursor } : {})
  })
  return search.size > 0 ? `${path}?${search}` : path
}
