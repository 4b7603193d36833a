'use client'

import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import useSWR from 'swr'
import type { WireTransaction } from '@/lib/api/answers'
import type { WireTransactionDetail } from '@/lib/api/edits'
import { change, messageOf } from '../api'
import { Amount } from '../money/amount'
import { Notice } from '../ui/notice'
import { Loading, Skeleton } from '../ui/skeleton'
import { Day } from '../writing'
import { EditForm, type OnChange } from './edit-form'
import { SplitForm } from './split-form'
import { TransactionFacts } from './transaction-facts'

type Mode = 'facts' | 'edit' | 'split'
export type Opened = { row: WireTransaction; mode: Mode } | null

type Props = { row: WireTransaction | null; mode?: Mode | undefined; tags?: readonly string[]; onClose: () => void; onChange?: OnChange }

const NOWHERE: OnChange = () => () => {}

/** All that is known of one transaction, beside the list, and what can be said about it. Escape, the button or a press outside closes it. */
export function TransactionPanel({ row, mode = 'facts', tags = [], onClose, onChange = NOWHERE }: Props) {
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
      {row && <Detail key={row.id} row={row} start={mode} tags={tags} onClose={close} onChange={onChange} />}
    </dialog>
  )
}

type DetailProps = { row: WireTransaction; start: Mode; tags: readonly string[]; onClose: () => void; onChange: OnChange }

function Detail({ row: opened, start, tags, onClose, onChange }: DetailProps) {
  const { data, error, mutate } = useSWR<WireTransactionDetail>(`/api/v1/transactions/${opened.id}`)
  const [mode, setMode] = useState(start)
  const [said, setSaid] = useState('')
  const row = data?.rows.find(({ part }) => part?.n === opened.part?.n) ?? data?.rows[0] ?? opened
  const saved = (detail: WireTransactionDetail) => {
    void mutate(detail, { revalidate: false })
    setSaid('Saved.')
    setMode('facts')
  }
  const join = async () => {
    try {
      saved(await change<WireTransactionDetail>(`/api/v1/transactions/${row.id}`, { parts: [] }, 'PATCH'))
    } catch (thrown) {
      setSaid(messageOf(thrown))
    }
  }
  const back = () => setMode('facts')
  return (
    <div className="flex min-h-full flex-col">
      <div className="flex items-start justify-between gap-4 px-5 pt-5 sm:px-6">
        <h2 id="transaction-title" className="min-w-0 break-words font-semibold text-lg">
          {row.merchantName ?? row.name}
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
        <Amount money={mode === 'split' ? (row.part?.whole ?? row.amount) : row.amount} change />
      </p>
      <p className="px-5 text-muted sm:px-6">
        <Day on={row.date} />
        {row.pending && ' · pending, it may still change'}
      </p>
      <p role="status" className="px-5 text-accent text-sm empty:hidden sm:px-6">
        {said}
      </p>
      {error && (
        <Notice tone="bad" live className="mx-5 mt-4 sm:mx-6" title="Not all of it could be loaded">
          {messageOf(error)}
        </Notice>
      )}
      {mode !== 'facts' && !data && !error && <Waiting />}
      {mode === 'edit' && data && <EditForm row={row} detail={data} tags={tags} onChange={onChange} onSaved={saved} onCancel={back} />}
      {mode === 'split' && data && <SplitForm row={row} detail={data} onSaved={saved} onCancel={back} />}
      {mode === 'facts' && (
        <TransactionFacts row={row} detail={data} onEdit={() => setMode('edit')} onSplit={() => setMode('split')} onJoin={join} onLeave={onClose} />
      )}
    </div>
  )
}

const Waiting = () => (
  <div className="space-y-5 px-5 py-5 sm:px-6">
    <Loading what="what you said about it" />
    <Skeleton className="h-18" />
    <Skeleton className="h-18" />
    <Skeleton className="h-28" />
  </div>
)
