'use client'

import useSWRInfinite from 'swr/infinite'
import type { WireStatement } from '@/lib/api/account'
import type { Page } from '@/lib/api/answers'
import { isMonth } from '@/lib/domain/periods'
import { messageOf } from '../api'
import { Button } from '../ui/button'
import { Card } from '../ui/card'
import { Notice } from '../ui/notice'
import { SkeletonRows } from '../ui/skeleton'
import { useWriting } from '../writing'
import { OpenPdf } from './open-pdf'

const PATH = '/api/v1/account/statements'
const KINDS: Record<string, string> = { BANK: 'Bank statement', BROKERAGE: 'Investment statement', '1099B': 'Tax form 1099-B', '1099INT': 'Tax form 1099-INT' }

/** The bank's statements. Each link is asked for when it is pressed, because it ends after a few minutes. */
export function Statements() {
  const { data, error, setSize } = useSWRInfinite<Page<WireStatement>>(
    (index: number, previous: Page<WireStatement> | null) =>
      index > 0 && !previous?.next ? null : `${PATH}${previous?.next ? `?${new URLSearchParams({ cursor: previous.next })}` : ''}`,
    { revalidateFirstPage: false }
  )
  const write = useWriting()
  const items = data?.flatMap((page) => page.items) ?? []
  return (
    <Card labelledBy="statements" className="overflow-hidden">
      <h2 id="statements" className="px-5 pt-5 font-medium sm:px-6">
        Statements
      </h2>
      {!data && !error && <SkeletonRows count={2} className="mt-2" />}
      {data && items.length === 0 && <p className="px-5 pt-2 pb-5 text-[0.9375rem] text-muted sm:px-6">The first one appears here after the first month.</p>}
      <ul className="mt-3 divide-y divide-line">
        {items.map(({ id, kind, period }) => (
          <OpenPdf key={id} path={PATH} id={id} name={`${KINDS[kind] ?? 'Statement'}, ${isMonth(period) ? write.month(period) : period}`} />
        ))}
      </ul>
      {error && (
        <Notice tone="bad" live className="m-5" title="The statements could not be loaded">
          {messageOf(error)}
        </Notice>
      )}
      {data?.at(-1)?.next && (
        <div className="flex justify-center px-5 py-5">
          <Button look="quiet" onClick={() => void setSize(data.length + 1)}>
            Load more
          </Button>
        </div>
      )}
    </Card>
  )
}
