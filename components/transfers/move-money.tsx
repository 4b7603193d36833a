'use client'

import { ArrowDownLeft, ArrowUpRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import useSWR from 'swr'
import { useText } from '#text'
import { useRefresh } from '@/components/lib/use-refresh'
import { TransferForm, type TransferRequest } from '@/components/transfers/transfer-form'
import { bankLabel, transferLabels } from '@/components/transfers/transfer-labels'
import { TransferReview } from '@/components/transfers/transfer-review'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { useFormatting } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import type { BankAccountResponse } from '@/lib/api/responses'
import type { TransferResponse } from '@/lib/api/transfers'
import type { TextKey } from '@/lib/domain/text/text'

type Step =
  | { at: 'closed'; done: TransferResponse | null }
  | { at: 'form'; request: TransferRequest }
  /** `request` has the form values, to go back to. */
  | { at: 'review'; request: TransferRequest; transfer: TransferResponse }

const TITLES = { in: 'Add money', out: 'Withdraw money' } as const

function titleOf(step: Step): TextKey<'transfers'> {
  if (step.at === 'closed') return 'Move money'
  return step.at === 'form' ? TITLES[step.request.direction] : 'Check before you confirm'
}

/** Focuses the heading of each new step, so that screen readers read it. */
function useFocusOnChange(at: Step['at']) {
  const heading = useRef<HTMLHeadingElement>(null)
  const focusedStep = useRef(at)
  useEffect(() => {
    if (focusedStep.current === at) return
    focusedStep.current = at
    heading.current?.focus()
  }, [at])
  return heading
}

const EMPTY_DEPOSIT: TransferRequest = { direction: 'in', bank: '', amount: '' }

/** Links to `#add-money` lead straight to the form. */
function useOpenForm(open: () => void) {
  const opened = useRef(false)
  useEffect(() => {
    if (opened.current || window.location.hash !== '#add-money') return
    opened.current = true
    open()
  })
}

/** Adds or withdraws money: form, review, result. */
export function MoveMoney({ initial }: { initial: BankAccountResponse }) {
  const { data: account = initial } = useSWR<BankAccountResponse>('/api/v1/account', {
    fallbackData: initial
  })
  const [step, setStep] = useState<Step>({ at: 'closed', done: null })
  const text = useText('transfers')
  const refresh = useRefresh()
  const heading = useFocusOnChange(step.at)
  useOpenForm(() => setStep({ at: 'form', request: EMPTY_DEPOSIT }))
  const close = (confirmed: TransferResponse | null = null) => {
    setStep({ at: 'closed', done: confirmed })
    if (confirmed) void refresh()
  }
  if (account.status !== 'OPEN') return null
  return (
    <Card labelledBy="move-money" className="p-5 sm:p-6">
      <h2 id="move-money" ref={heading} tabIndex={-1} className="font-medium outline-none">
        {text(titleOf(step))}
      </h2>
      {step.at === 'closed' && (
        <StartTransfer
          done={step.done}
          onStart={(direction) =>
            setStep({ at: 'form', request: { direction, bank: '', amount: '' } })
          }
        />
      )}
      {step.at === 'form' && (
        <TransferForm
          request={step.request}
          isEmpty={account.balance !== null && BigInt(account.balance.minor) <= 0n}
          onRequestChange={(request) => setStep({ at: 'form', request })}
          onReview={(transfer) => setStep({ at: 'review', request: step.request, transfer })}
          onCancel={() => close()}
        />
      )}
      {step.at === 'review' && (
        <TransferReview
          transfer={step.transfer}
          account={account.name}
          onDone={close}
          onEdit={() => setStep({ at: 'form', request: step.request })}
          onCancel={() => close()}
        />
      )}
    </Card>
  )
}

function StartTransfer({
  done: confirmed,
  onStart
}: {
  done: TransferResponse | null
  onStart: (direction: 'in' | 'out') => void
}) {
  const text = useText('transfers')
  return (
    <>
      {confirmed ? (
        <TransferOutcome transfer={confirmed} />
      ) : (
        <p className="mt-0.5 text-[0.9375rem] text-muted">
          {text('Between this account and your account at another bank.')}
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant={confirmed ? 'quiet' : 'primary'} onClick={() => onStart('in')}>
          <ArrowDownLeft aria-hidden="true" className="size-4.5" />
          {text('Add money')}
        </Button>
        <Button variant="quiet" onClick={() => onStart('out')}>
          <ArrowUpRight aria-hidden="true" className="size-4.5" />
          {text('Withdraw')}
        </Button>
      </div>
    </>
  )
}

/** The result of the confirmation; later status is in the list. */
function TransferOutcome({ transfer }: { transfer: TransferResponse }) {
  const format = useFormatting()
  const text = useText('transfers')
  const { label, tone, description: meaning } = transferLabels(transfer, text, format.date)
  const hasFailed = tone === 'bad'
  const isUnclear = transfer.state === 'sending'
  const title = text(
    transfer.direction === 'in' ? '{state}: {amount} from {bank}' : '{state}: {amount} to {bank}',
    {
      state: hasFailed || isUnclear ? label : text('Confirmed'),
      amount: format.money(transfer.amount),
      bank: bankLabel(transfer.bank)
    }
  )
  return (
    <Notice
      tone={hasFailed ? 'bad' : isUnclear ? 'warn' : 'good'}
      live
      className="mt-3"
      title={title}
    >
      {hasFailed || isUnclear
        ? meaning
        : text('Expected by {date}. You can follow it under “Your transfers”.', {
            date: format.date(transfer.settlesOn)
          })}
    </Notice>
  )
}
