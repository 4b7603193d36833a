'use client'

import clsx from 'clsx'
import useSWRInfinite from 'swr/infinite'
import type { Page } from '@/lib/api/answers'
import type { WireTransfer } from '@/lib/api/transfers'
import { messageOf } from '../../api'
import { useChange } from '../../live'
import { Amount } from '../../money/amount'
import { Button } from '../../ui/button'
import { Card } from '../../ui/card'
import { Notice } from '../../ui/notice'
import { When } from '../../ui/when'
import { useWriting } from '../../writing'
import { bankLabel, type Tone, transferWords } from './transfer-words'

const SIZE = 5
const PATH = '/api/v1/account/transfers'

/** What was confirmed, newest first, with what has become of it. Not there until there is something to show. */
export function TransferList() {
  const { data, error, size, setSize, mutate, isValidating } = useSWRInfinite<Page<WireTransfer>>(
    (index: number, previous: Page<WireTransfer> | null) =>
      index > 0 && !previous?.next ? null : `${PATH}?${new URLSearchParams({ limit: String(SIZE), ...(previous?.next ? { cursor: previous.next } : {}) })}`,
    { revalidateFirstPage: false }
  )
  useChange(() => void mutate())
  const items = data?.flatMap((page) => page.items) ?? []
  if (items.length === 0 && !error) return null
  const loading = isValidating && size > (data?.length ?? 0)
  return (
    <Card labelledBy="transfers" className="overflow-hidden">
      <h2 id="transfers" className="px-5 pt-5 font-medium sm:px-6">
        Your transfers
      </h2>
      <ul className="mt-3 divide-y divide-line">
        {items.map((transfer) => (
          <TransferLine key={transfer.id} transfer={transfer} />
        ))}
      </ul>
      {error && (
        <Notice tone="bad" live className="m-5" title="Your transfers could not be loaded">
          {messageOf(error)}
        </Notice>
      )}
      {data?.at(-1)?.next && (
        <div className="flex justify-center px-5 py-5">
          <Button look="quiet" busy={loading} onClick={() => void setSize(data.length + 1)}>
            {loading ? 'Loading' : 'Load more'}
            <span className="sr-only"> transfers</span>
          </Button>
        </div>
      )}
    </Card>
  )
}

const TONES: Record<Tone, string> = {
  going: 'border border-line-strong/60 text-ink',
  good: 'bg-accent-soft text-accent',
  bad: 'border border-warn/40 bg-warn-soft text-ink'
}

function TransferLine({ transfer }: { transfer: WireTransfer }) {
  const { label, tone, meaning } = transferWords(transfer, useWriting().date)
  const { direction, amount, confirmedAt } = transfer
  const signed = direction === 'out' && tone !== 'bad' ? { ...amount, minor: `-${amount.minor}` } : amount
  return (
    <li className="px-5 py-3.5 sm:px-6">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <p>{`${direction === 'in' ? 'From' : 'To'} ${bankLabel(transfer.bank)}`}</p>
          {confirmedAt && (
            <p className="text-muted text-sm">
              <When at={confirmedAt} />
            </p>
          )}
        </div>
        <div className="flex shrink-0 flex-col items-end gap-1">
          <Amount money={signed} change={tone !== 'bad'} className={clsx('font-medium', tone === 'bad' && 'text-muted')} />
          <span className={clsx('rounded-full px-2.5 py-0.5 font-medium text-sm', TONES[tone])}>{label}</span>
        </div>
      </div>
      <p className="mt-1 text-[0.9375rem] text-muted leading-6">{meaning}</p>
    </li>
  )
}
