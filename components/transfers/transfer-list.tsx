'use client'

import clsx from 'clsx'
import type { TransferResponse } from '@/lib/api/transfers'
import { Amount } from '@/components/ui/amount'
import { When } from '@/components/ui/date-time'
import { useWriting } from '@/components/ui/formatting'
import { PagedCard } from '@/components/account/paged-card'
import { bankLabel, type Tone, transferWords } from '@/components/transfers/transfer-labels'

/** What was confirmed, newest first, with what has become of it. Not there until there is something to show. */
export function TransferList() {
  return (
    <PagedCard<TransferResponse>
      id="transfers"
      title="Your transfers"
      path="/api/v1/account/transfers"
      size={5}
      what="transfers"
      fault="Your transfers could not be loaded"
    >
      {(transfer) => <TransferLine key={transfer.id} transfer={transfer} />}
    </PagedCard>
  )
}

const TONES: Record<Tone, string> = {
  going: 'border border-line-strong/60 text-ink',
  good: 'bg-accent-soft text-accent',
  bad: 'border border-warn/40 bg-warn-soft text-ink'
}

function TransferLine({ transfer }: { transfer: TransferResponse }) {
  const { label, tone, meaning } = transferWords(transfer, useWriting().date)
  const { direction, amount, confirmedAt } = transfer
  const signed =
    direction === 'out' && tone !== 'bad' ? { ...amount, minor: `-${amount.minor}` } : amount
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
          <Amount
            money={signed}
            change={tone !== 'bad'}
            className={clsx('font-medium', tone === 'bad' && 'text-muted')}
          />
          <span className={clsx('rounded-full px-2.5 py-0.5 font-medium text-sm', TONES[tone])}>
            {label}
          </span>
        </div>
      </div>
      <p className="mt-1 text-[0.9375rem] text-muted leading-6">{meaning}</p>
    </li>
  )
}
