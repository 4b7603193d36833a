'use client'

import useSWRInfinite from 'swr/infinite'
import type { Page } from '@/lib/api/answers'
import type { WireTrade } from '@/lib/api/transfers'
import { messageOf } from '../api'
import { useChange } from '../live'
import { Button } from '../ui/button'
import { Card } from '../ui/card'
import { Notice } from '../ui/notice'
import { When } from '../ui/when'
import { useWriting } from '../writing'
import { OpenPdf } from './open-pdf'

const PATH = '/api/v1/account/trades'
const SIZE = 5

/** What was bought and sold with the money, with the bank's confirmations. Not there until something was. */
export function Trades() {
  const { data, error, setSize, mutate } = useSWRInfinite<Page<WireTrade>>(
    (index: number, previous: Page<WireTrade> | null) =>
      index > 0 && !previous?.next ? null : `${PATH}?${new URLSearchParams({ limit: String(SIZE), ...(previous?.next ? { cursor: previous.next } : {}) })}`,
    { revalidateFirstPage: false }
  )
  useChange(() => void mutate())
  const write = useWriting()
  const items = data?.flatMap((page) => page.items) ?? []
  if (items.length === 0 && !error) return null
  return (
    <Card labelledBy="trades" className="overflow-hidden">
      <h2 id="trades" className="px-5 pt-5 font-medium sm:px-6">
        Trade confirmations
      </h2>
      <ul className="mt-3 divide-y divide-line">
        {items.map(({ id, title, amount, at }) => (
          <OpenPdf key={id} path={PATH} id={id} name={amount ? `${title}, ${write.money(amount)}` : title} note={<When at={at} />} />
        ))}
      </ul>
      {error && (
        <Notice tone="bad" live className="m-5" title="The confirmations could not be loaded">
          {messageOf(error)}
        </Notice>
      )}
      {data?.at(-1)?.next && (
        <div className="flex justify-center px-5 py-5">
          <Button look="quiet" onClick={() => void setSize(data.length + 1)}>
            Load more
            <span className="sr-only"> confirmations</span>
          </Button>
        </div>
      )}
    </Card>
  )
}
