'use client'

import { useState } from 'react'
import useSWR from 'swr'
import { useText } from '#text'
import { apiSend, errorMessage } from '@/components/lib/api'
import { EditForm, type OptimisticEdit } from '@/components/transactions/edit/edit-form'
import { SplitForm } from '@/components/transactions/edit/split-form'
import { TransactionDetails } from '@/components/transactions/transaction-details'
import { Amount } from '@/components/ui/amount'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DateText, MoneyText } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import { LoadingStatus, Skeleton } from '@/components/ui/skeleton'
import type { TransactionResponse } from '@/lib/api/responses'
import type { TransactionDetailResponse } from '@/lib/api/transaction-edits'
import { transactionName } from '@/lib/domain/transactions/readable-name'

type PanelMode = 'facts' | 'edit' | 'split'
export type Opened = { row: TransactionResponse; mode: PanelMode } | null

type Props = {
  row: TransactionResponse | null
  mode?: PanelMode | undefined
  tags?: readonly string[]
  onClose: () => void
  onChange?: OptimisticEdit
}

const NO_OPTIMISTIC_EDIT: OptimisticEdit = () => () => {}

/** Side panel of one transaction: details, edit and split. */
export function TransactionPanel({
  row,
  mode = 'facts',
  tags = [],
  onClose,
  onChange = NO_OPTIMISTIC_EDIT
}: Props) {
  return (
    row && (
      <Detail
        key={row.id}
        row={row}
        initialMode={mode}
        tags={tags}
        onClose={onClose}
        onChange={onChange}
      />
    )
  )
}

type DetailProps = {
  row: TransactionResponse
  initialMode: PanelMode
  tags: readonly string[]
  onClose: () => void
  onChange: OptimisticEdit
}

/** The detail of an opened transaction, and the state of its panel. */
function useTransactionDetail(opened: TransactionResponse, initialMode: PanelMode) {
  const { data, error, mutate } = useSWR<TransactionDetailResponse>(
    `/api/v1/transactions/${opened.id}`
  )
  const [mode, setMode] = useState(initialMode)
  const text = useText('transactions')
  const [message, setMessage] = useState('')
  const row = data?.rows.find(({ part }) => part?.n === opened.part?.n) ?? data?.rows[0] ?? opened
  const saved = (detail: TransactionDetailResponse) => {
    void mutate(detail, { revalidate: false })
    setMessage(text('Saved.'))
    setMode('facts')
  }
  const patch = async (body: object) => {
    try {
      saved(
        await apiSend<TransactionDetailResponse>(`/api/v1/transactions/${row.id}`, body, 'PATCH')
      )
    } catch (thrown) {
      setMessage(errorMessage(thrown))
    }
  }
  const startMode = (next: PanelMode) => {
    setMessage('')
    setMode(next)
  }
  return { row, data, error, mode, message, setMode, startMode, saved, patch }
}

function Detail({ row: opened, initialMode, tags, onClose, onChange }: DetailProps) {
  const text = useText('transactions')
  const detail = useTransactionDetail(opened, initialMode)
  const { row, data, error, mode, message, setMode } = detail
  return (
    <Dialog position="side" title={transactionName(row)} onClose={onClose}>
      <p className="px-5 font-semibold text-[2rem] leading-tight tracking-[-0.02em] sm:px-6">
        <Amount money={mode === 'split' ? (row.part?.whole ?? row.amount) : row.amount} signed />
      </p>
      <p className="px-5 text-muted sm:px-6">
        <DateText date={row.date} />
        {row.pending && <span> · {text('pending, it may still change')}</span>}
      </p>
      <p role="status" className="px-5 text-accent text-sm empty:hidden sm:px-6">
        {message}
      </p>
      {error && (
        <Notice
          tone="bad"
          live
          className="mx-5 mt-4 sm:mx-6"
          title={text('Some details could not be loaded')}
        >
          {errorMessage(error)}
        </Notice>
      )}
      {mode === 'facts' && data?.split.from && (
        <SplitChanged
          row={row}
          from={data.split.from}
          holds={data.split.holds}
          onCheck={() => setMode('split')}
        />
      )}
      <PanelBody detail={detail} tags={tags} onChange={onChange} onClose={onClose} />
    </Dialog>
  )
}

type PanelBodyProps = Pick<DetailProps, 'tags' | 'onChange' | 'onClose'> & {
  detail: ReturnType<typeof useTransactionDetail>
}

function PanelBody({ detail, tags, onChange, onClose }: PanelBodyProps) {
  const { row, data, error, mode, setMode, startMode, saved, patch } = detail
  const showDetails = () => setMode('facts')
  if (mode === 'facts')
    return (
      <TransactionDetails
        row={row}
        detail={data}
        onEdit={() => startMode('edit')}
        onSplit={() => startMode('split')}
        onUnsplit={() => patch({ parts: [] })}
        onPair={(ownTransfer) => patch({ ownTransfer })}
        onNavigate={onClose}
      />
    )
  if (!data) return error ? null : <PanelSkeleton />
  if (mode === 'split')
    return <SplitForm row={row} detail={data} onSaved={saved} onCancel={showDetails} />
  return (
    <EditForm
      row={row}
      detail={data}
      tags={tags}
      onChange={onChange}
      onSaved={saved}
      onCancel={showDetails}
    />
  )
}

type SplitChangedProps = {
  row: TransactionResponse
  from: NonNullable<TransactionDetailResponse['split']['from']>
  holds: boolean
  onCheck: () => void
}

/** The bank changed the amount after the user had split it. */
function SplitChanged({ row, from, holds, onCheck }: SplitChangedProps) {
  const text = useText('transactions')
  return (
    <Notice
      tone="warn"
      className="mx-5 mt-4 sm:mx-6"
      title={text('The amount changed after you split it')}
    >
      <p>
        {text.rich('It was <before></before> then and is <now></now> now.', {
          before: () => <MoneyText key="before" money={from} />,
          now: () => <MoneyText key="now" money={row.part?.whole ?? row.amount} />
        })}{' '}
        {holds
          ? text('We adjusted the first part by the difference.')
          : text('Your parts no longer add up, so it counts as one transaction.')}
      </p>
      <Button variant="quiet" className="mt-2" onClick={onCheck}>
        {text('Check the split')}
      </Button>
    </Notice>
  )
}

function PanelSkeleton() {
  const text = useText('transactions')
  return (
    <div className="space-y-5 px-5 py-5 sm:px-6">
      <LoadingStatus label={text('your edits')} />
      <Skeleton className="h-18" />
      <Skeleton className="h-18" />
      <Skeleton className="h-28" />
    </div>
  )
}
