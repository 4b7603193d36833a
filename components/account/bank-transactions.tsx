'use client'

import { useText } from '#text'
import { PagedCard } from '@/components/account/paged-card'
import { Amount } from '@/components/ui/amount'
import { DateTime } from '@/components/ui/formatting'
import type { BankTransactionResponse } from '@/lib/api/bank-account'
import { readableName } from '@/lib/domain/transactions/readable-name'

/** Transactions of the Jiko account, read from Jiko page by page. */
export function BankTransactions() {
  const text = useText('account')
  return (
    <PagedCard<BankTransactionResponse>
      id="bank-transactions"
      title={text('Money in and out')}
      path="/api/v1/account/transactions"
      pageSize={20}
      emptyText={text('No money in or out yet.')}
      itemLabel={text('movements')}
      errorTitle={text('Not everything could be loaded')}
    >
      {(item) => <BankTransactionItem key={item.id} {...item} />}
    </PagedCard>
  )
}

function BankTransactionItem({
  title,
  amount,
  pending,
  bookedAt,
  settledAt
}: BankTransactionResponse) {
  const text = useText('account')
  const state = pending ? text('not settled yet') : settledAt ? text('settled') : null
  return (
    <li className="flex items-center justify-between gap-4 px-5 py-3 sm:px-6">
      <div className="min-w-0">
        <p className="truncate">{readableName(title)}</p>
        <p className="text-muted text-sm">
          <DateTime at={bookedAt} />
          <span>{state && ` · ${state}`}</span>
        </p>
      </div>
      <Amount money={amount} signed className="font-medium" />
    </li>
  )
}
