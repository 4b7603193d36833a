'use client'

import clsx from 'clsx'
import { useText } from '#text'
import { PagedCard } from '@/components/account/paged-card'
import {
  bankLabel,
  type TransferTone,
  transferLabels
} from '@/components/transfers/transfer-labels'
import { Amount } from '@/components/ui/amount'
import { DateTime, useFormatting } from '@/components/ui/formatting'
import type { TransferResponse } from '@/lib/api/transfers'

/** Confirmed transfers with their status, newest first. Hidden while empty. */
export function TransferList() {
  const text = useText('transfers')
  return (
    <PagedCard<TransferResponse>
      id="transfers"
      title={text('Your transfers')}
      path="/api/v1/account/transfers"
      pageSize={5}
      itemLabel={text('transfers')}
      errorTitle={text('Your transfers could not be loaded')}
    >
      {(transfer) => <TransferItem key={transfer.id} transfer={transfer} />}
    </PagedCard>
  )
}

const TONE_CLASS: Record<TransferTone, string> = {
  going: 'border border-line-strong/60 text-ink',
  good: 'bg-accent-soft text-accent',
  bad: 'border border-warn/40 bg-warn-soft text-ink'
}

function TransferItem({ transfer }: { transfer: TransferResponse }) {
  const text = useText('transfers')
  const { label, tone, description: meaning } = transferLabels(transfer, text, useFormatting().date)
  const { direction, amount, confirmedAt } = transfer
  const signed =
    direction === 'out' && tone !== 'bad' ? { ...amount, minor: `-${amount.minor}` } : amount
  return (
    <li className="px-5 py-3.5 sm:px-6">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <p>
            {text(direction === 'in' ? 'From {bank}' : 'To {bank}', {
              bank: bankLabel(transfer.bank)
            })}
          </p>
          {confirmedAt && (
            <p className="text-muted text-sm">
              <DateTime at={confirmedAt} />
            </p>
          )}
        </div>
        <div className="flex shrink-0 flex-col items-end gap-1">
          <Amount
            money={signed}
            signed={tone !== 'bad'}
            className={clsx('font-medium', tone === 'bad' && 'text-muted')}
          />
          <span
            className={clsx('rounded-full px-2.5 py-0.5 font-medium text-sm', TONE_CLASS[tone])}
          >
            {label}
          </span>
        </div>
      </div>
      <p className="mt-1 text-[0.9375rem] text-muted leading-6">{meaning}</p>
    </li>
  )
}
