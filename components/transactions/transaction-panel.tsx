'use client'

import { X } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useEffect, useRef } from 'react'
import type { WireTransaction } from '@/lib/api/answers'
import { categoryName, detailName } from '@/lib/domain/categories'
import { listHref } from '@/lib/domain/transaction-filter'
import { Amount } from '../money/amount'
import { Day } from '../writing'

const COUNTED: Record<string, string> = {
  income: 'Income',
  spending: 'Spending, less refunds',
  transfer: 'A transfer, so in no sum of income or spending'
}

/** All that is known of one transaction, beside the list. Escape, the button or a press outside closes it, and the focus goes back. */
export function TransactionPanel({ row, onClose }: { row: WireTransaction | null; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (row && !dialog.current?.open) dialog.current?.showModal()
  }, [row])
  const close = () => dialog.current?.close()
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      closedby="any"
      aria-labelledby="transaction-title"
      className="m-0 ml-auto h-dvh max-h-none w-full max-w-md border-line border-l bg-surface p-0 text-ink shadow-[0_0_60px_var(--shadow-far)] backdrop:bg-black/40"
    >
      {row && <Detail row={row} onClose={close} />}
    </dialog>
  )
}

function Detail({ row, onClose }: { row: WireTransaction; onClose: () => void }) {
  const merchant = row.merchantName ?? row.name
  return (
    <div className="flex min-h-full flex-col">
      <div className="flex items-start justify-between gap-4 px-5 pt-5 sm:px-6">
        <h2 id="transaction-title" className="min-w-0 break-words font-semibold text-lg">
          {merchant}
        </h2>
        <button
          type="button"
          onClick={onClose}
          className="-mt-1.5 -mr-2 inline-flex size-11 shrink-0 items-center justify-center rounded-control hover:bg-sunken"
        >
          <X aria-hidden="true" className="size-5" />
          <span className="sr-only">Close</span>
        </button>
      </div>
      <p className="px-5 font-semibold text-[2rem] leading-tight tracking-[-0.02em] sm:px-6">
        <Amount money={row.amount} change />
      </p>
      <p className="px-5 text-muted sm:px-6">
        <Day on={row.date} />
        {row.pending && ' · pending, it may still change'}
      </p>
      <dl className="mt-5 divide-y divide-line border-line border-y">
        <Fact label="Description">{row.name}</Fact>
        <Fact label="Category">
          {row.category ? categoryName(row.category) : 'No category'}
          {row.categoryDetailed && <span className="block text-muted text-sm">{detailName(row.categoryDetailed, row.category)}</span>}
        </Fact>
        <Fact label="Counts as">{COUNTED[row.kind] ?? row.kind}</Fact>
        <Fact label="Account">
          {row.accountName}
          {row.accountMask && ` •••• ${row.accountMask}`}
          <span className="block text-muted text-sm">{row.institutionName}</span>
        </Fact>
        {row.authorizedOn && row.authorizedOn !== row.date && (
          <Fact label="Authorized">
            <Day on={row.authorizedOn} />
          </Fact>
        )}
        {row.paymentChannel && <Fact label="Paid">{row.paymentChannel}</Fact>}
      </dl>
      <p className="px-5 py-5 sm:px-6">
        <Link
          href={listHref({ merchant: merchant.toLowerCase() })}
          prefetch={false}
          onClick={onClose}
          className="font-medium text-accent underline underline-offset-2"
        >
          All from {merchant}
        </Link>
      </p>
    </div>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-4 px-5 py-3 sm:px-6">
      <dt className="text-muted">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  )
}
