'use client'

import { useState } from 'react'
import useSWR from 'swr'
import type { TransactionResponse } from '@/lib/api/responses'
import type { TransactionDetailResponse } from '@/lib/api/transaction-edits'
import { change, messageOf } from '@/components/lib/api'
import { Amount } from '@/components/ui/amount'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { Loading, Skeleton } from '@/components/ui/skeleton'
import { Day, MoneyText } from '@/components/ui/formatting'
import { EditForm, type OnChange } from '@/components/transactions/edit/edit-form'
import { SplitForm } from '@/components/transactions/edit/split-form'
import { TransactionFacts } from '@/components/transactions/transaction-details'

type Mode = 'facts' | 'edit' | 'split'
export type Opened = { row: TransactionResponse; mode: Mode } | null

type Props = {
  row: TransactionResponse | null
  mode?: Mode | undefined
  tags?: readonly string[]
  onClose: () => void
  onChange?: OnChange
}

const NOWHERE: OnChange = () => () => {}

/** All that is known of one transaction, beside the list, and what can be said about it. */
export function TransactionPanel({
  row,
  mode = 'facts',
  tags = [],
  onClose,
  onChange = NOWHERE
}: Props) {
  return (
    row && (
      <Detail
        key={row.id}
        row={row}
        start={mode}
        tags={tags}
        onClose={onClose}
        onChange={onChange}
      />
    )
  )
}

type DetailProps = {
  row: TransactionResponse
  start: Mode
  tags: readonly string[]
  onClose: () => void
  onChange: OnChange
}

function Detail({ row: opened, start, tags, onClose, onChange }: DetailProps) {
  const { data, error, mutate } = useSWR<TransactionDetailResponse>(`/api/v1/transactions/${opened.id}`)
  const [mode, setMode] = useState(start)
  const [said, setSaid] = useState('')
  const row = data?.rows.find(({ part }) => part?.n === opened.part?.n) ?? data?.rows[0] ?? opened
  const saved = (detail: TransactionDetailResponse) => {
    void mutate(detail, { revalidate: false })
    setSaid('Saved.')
    setMode('facts')
  }
  const patch = async (body: object) => {
    try {
      saved(await change<TransactionDetailResponse>(`/api/v1/transactions/${row.id}`, body, 'PATCH'))
    } catch (thrown) {
      setSaid(messageOf(thrown))
    }
  }
  const back = () => setMode('facts')
  const begin = (next: Mode) => {
    setSaid('')
    setMode(next)
  }
  return (
    <Dialog place="side" title={row.merchantName ?? row.name} onClose={onClose}>
      <p className="px-5 font-semibold text-[2rem] leading-tight tracking-[-0.02em] sm:px-6">
        <Amount money={mode === 'split' ? (row.part?.whole ?? row.amount) : row.amount} change />
      </p>
      <p className="px-5 text-muted sm:px-6">
        <Day on={row.date} />
        {row.pending && <span> · pending, it may still change</span>}
      </p>
      <p role="status" className="px-5 text-accent text-sm empty:hidden sm:px-6">
        {said}
      </p>
      {error && (
        <Notice tone="bad" live className="mx-5 mt-4 sm:mx-6" title="Not all of it could be loaded">
          {messageOf(error)}
        </Notice>
      )}
      {mode === 'facts' && data?.split.from && (
        <Notice
          tone="warn"
          className="mx-5 mt-4 sm:mx-6"
          title="The amount changed after you split it"
        >
          <p>
            It was <MoneyText money={data.split.from} /> then and is{' '}
            <MoneyText money={row.part?.whole ?? row.amount} /> now.{' '}
            {data.split.holds
              ? 'The first part took the difference.'
              : 'Your parts no longer fit, so it counts as one.'}
          </p>
          <Button look="quiet" className="mt-2" onClick={() => setMode('split')}>
            Check the split
          </Button>
        </Notice>
      )}
      {mode !== 'facts' && !data && !error && <Waiting />}
      {mode === 'edit' && data && (
        <EditForm
          row={row}
          detail={data}
          tags={tags}
          onChange={onChange}
          onSaved={saved}
          onCancel={back}
        />
      )}
      {mode === 'split' && data && (
        <SplitForm row={row} detail={data} onSaved={saved} onCancel={back} />
      )}
      {mode === 'facts' && (
        <TransactionFacts
          row={row}
          detail={data}
          onEdit={() => begin('edit')}
          onSplit={() => begin('split')}
          onJoin={() => patch({ parts: [] })}
          onPair={(ownTransfer) => patch({ ownTransfer })}
          onLeave={onClose}
        />
      )}
    </Dialog>
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
