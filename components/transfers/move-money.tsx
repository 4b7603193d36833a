'use client'

import { ArrowDownLeft, ArrowUpRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import useSWR from 'swr'
import type { BankAccountResponse } from '@/lib/api/responses'
import type { TransferResponse } from '@/lib/api/transfers'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { useRefresh } from '@/components/lib/use-refresh'
import { useWriting } from '@/components/ui/formatting'
import { TransferForm, type Wish } from '@/components/transfers/transfer-form'
import { TransferReview } from '@/components/transfers/transfer-review'
import { bankLabel, transferWords } from '@/components/transfers/transfer-labels'

type Step =
  | { at: 'closed'; done: TransferResponse | null }
  | { at: 'form'; wish: Wish }
  /** `wish` is what was typed, for going back to it. */
  | { at: 'review'; wish: Wish; transfer: TransferResponse }

const TITLES = { in: 'Add money', out: 'Withdraw money' }

/** Money from a bank elsewhere to this account, or back: choose, check, confirm. */
export function MoveMoney({ initial }: { initial: BankAccountResponse }) {
  const { data: account = initial } = useSWR<BankAccountResponse>('/api/v1/account', {
    fallbackData: initial
  })
  const [step, setStep] = useState<Step>({ at: 'closed', done: null })
  const refresh = useRefresh()
  const heading = useRef<HTMLHeadingElement>(null)
  const { at } = step
  const seen = useRef(at)
  useEffect(() => {
    if (seen.current === at) return
    seen.current = at
    heading.current?.focus()
  }, [at])

  const close = (done: TransferResponse | null = null) => {
    setStep({ at: 'closed', done })
    if (done) void refresh()
  }
  if (account.status !== 'OPEN') return null
  const title =
    step.at === 'closed'
      ? 'Move money'
      : step.at === 'form'
        ? TITLES[step.wish.direction]
        : 'Check before you confirm'
  return (
    <Card labelledBy="move-money" className="p-5 sm:p-6">
      <h2 id="move-money" ref={heading} tabIndex={-1} className="font-medium outline-none">
        {title}
      </h2>
      {step.at === 'closed' && (
        <Closed
          done={step.done}
          onStart={(direction) =>
            setStep({ at: 'form', wish: { direction, bank: '', amount: '' } })
          }
        />
      )}
      {step.at === 'form' && (
        <TransferForm
          wish={step.wish}
          empty={account.balance !== null && BigInt(account.balance.minor) <= 0n}
          onWish={(wish) => setStep({ at: 'form', wish })}
          onShown={(transfer) => setStep({ at: 'review', wish: step.wish, transfer })}
          onCancel={() => close()}
        />
      )}
      {step.at === 'review' && (
        <TransferReview
          transfer={step.transfer}
          account={account.name}
          onDone={close}
          onChange={() => setStep({ at: 'form', wish: step.wish })}
          onCancel={() => close()}
        />
      )}
    </Card>
  )
}

function Closed({
  done,
  onStart
}: {
  done: TransferResponse | null
  onStart: (direction: 'in' | 'out') => void
}) {
  return (
    <>
      {done ? (
        <Outcome transfer={done} />
      ) : (
        <p className="mt-0.5 text-[0.9375rem] text-muted">
          Between this account and your account at another bank.
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button look={done ? 'quiet' : 'primary'} onClick={() => onStart('in')}>
          <ArrowDownLeft aria-hidden="true" className="size-4.5" />
          Add money
        </Button>
        <Button look="quiet" onClick={() => onStart('out')}>
          <ArrowUpRight aria-hidden="true" className="size-4.5" />
          Withdraw
        </Button>
      </div>
    </>
  )
}

/** What came of the yes at that moment; how it goes on is in the list. */
function Outcome({ transfer }: { transfer: TransferResponse }) {
  const write = useWriting()
  const { label, tone, meaning } = transferWords(transfer, write.date)
  const what = `${write.money(transfer.amount)} ${transfer.direction === 'in' ? 'from' : 'to'} ${bankLabel(transfer.bank)}`
  const failed = tone === 'bad'
  const unclear = transfer.state === 'sending'
  return (
    <Notice
      tone={failed ? 'bad' : unclear ? 'warn' : 'good'}
      live
      className="mt-3"
      title={`${failed || unclear ? label : 'Confirmed'}: ${what}`}
    >
      {failed || unclear
        ? meaning
        : `Expected by ${write.date(transfer.settlesOn)}. You can follow it under “Your transfers”.`}
    </Notice>
  )
}
