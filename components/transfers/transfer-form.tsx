'use client'

import type { ReactNode } from 'react'
import useSWR from 'swr'
import { useText } from '#text'
import { apiSend, errorMessage } from '@/components/lib/api'
import {
  LinkExplanation,
  NoCounterparty,
  OwnerNotices,
  UnverifiedCounterparties
} from '@/components/transfers/counterparties'
import { LinkCounterparty } from '@/components/transfers/link-counterparty'
import { bankLabel } from '@/components/transfers/transfer-labels'
import { Button } from '@/components/ui/button'
import { useFormatting } from '@/components/ui/formatting'
import { sendAmountInput } from '@/components/ui/forms/amount-input'
import { RadioGroup } from '@/components/ui/forms/choice-fields'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { TextField } from '@/components/ui/forms/text-field'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { Notice } from '@/components/ui/notice'
import { LoadingStatus, Skeleton } from '@/components/ui/skeleton'
import type { CounterpartyResponse, TransferResponse } from '@/lib/api/transfers'
import { formatTypedAmount } from '@/lib/domain/money/amount-input'
import type { Text, TextKey } from '@/lib/domain/text/text'
import { NEW_COUNTERPARTY_LIMIT_MINOR } from '@/lib/domain/transfers/protection'
import {
  DAILY_LIMIT_MINOR,
  MAX_TRANSFER_MINOR,
  MIN_TRANSFER_MINOR
} from '@/lib/domain/transfers/transfer'

const COUNTERPARTIES_PATH = '/api/v1/account/counterparties'

export type TransferRequest = { direction: 'in' | 'out'; bank: string; amount: string }
/** `empty`: the account has no money. */
type Props = {
  request: TransferRequest
  isEmpty?: boolean
  onRequestChange: (request: TransferRequest) => void
  onReview: (transfer: TransferResponse) => void
  onCancel: () => void
}

/** First step: counterparty and amount. Moves no money. */
export function TransferForm({ request, isEmpty, onRequestChange, onReview, onCancel }: Props) {
  const { data, error, mutate } = useSWR<{ items: CounterpartyResponse[] }>(COUNTERPARTIES_PATH)
  const text = useText('transfers')
  const refresh = () => void mutate()
  const cancel = (
    <Button variant="bare" onClick={onCancel}>
      {text('Cancel')}
    </Button>
  )
  if (request.direction === 'out' && isEmpty) return <NothingToWithdraw cancel={cancel} />
  if (!data) return <BanksPending error={error} cancel={cancel} />
  const verified = data.items.filter(({ state }) => state === 'verified')
  const unverified = data.items.filter(({ state }) => state !== 'verified')
  return (
    <>
      {verified.length === 0 ? (
        <NoCounterparty direction={request.direction} aside={cancel} onDone={refresh} />
      ) : (
        <TransferFields
          request={request}
          onRequestChange={onRequestChange}
          onReview={onReview}
          onCancel={onCancel}
          counterparties={verified}
        />
      )}
      <OwnerNotices counterparties={verified} onDone={refresh} />
      <UnverifiedCounterparties counterparties={unverified} onDone={refresh} />
      {verified.length > 0 && <LinkAnotherBank onDone={refresh} />}
    </>
  )
}

function NothingToWithdraw({ cancel }: { cancel: ReactNode }) {
  const text = useText('transfers')
  return (
    <Notice
      tone="info"
      className="mt-4"
      title={text('There is no money to withdraw')}
      action={cancel}
    >
      {text('Money that you add can be withdrawn once it has arrived.')}
    </Notice>
  )
}

function BanksPending({ error, cancel }: { error: unknown; cancel: ReactNode }) {
  const text = useText('transfers')
  return error ? (
    <Notice
      tone="bad"
      live
      className="mt-4"
      title={text('Your banks could not be loaded')}
      action={cancel}
    >
      {errorMessage(error)}
    </Notice>
  ) : (
    <div className="mt-4 space-y-2.5">
      <LoadingStatus label={text('your banks')} />
      <Skeleton className="h-12 w-full" />
      <Skeleton className="h-12 w-40" />
    </div>
  )
}

/** The chosen counterparty, or the only one. */
function chosenBank(id: string, counterparties: readonly CounterpartyResponse[]): string {
  if (counterparties.some((one) => one.id === id)) return id
  return counterparties.length === 1 ? (counterparties[0]?.id ?? '') : ''
}

const KIND_LABELS = { checking: 'Checking account', savings: 'Savings account' } as const

function useCounterpartyOptions(
  direction: TransferRequest['direction'],
  counterparties: CounterpartyResponse[]
) {
  const format = useFormatting()
  const text = useText('transfers')
  const hintOf = ({ kind, withdrawableFrom }: CounterpartyResponse) =>
    direction === 'out' && withdrawableFrom
      ? text('New. To protect you, it can receive money from {time}', {
          time: format.instant(withdrawableFrom)
        })
      : kind && text(KIND_LABELS[kind])
  return counterparties.map((one) => {
    const hint = hintOf(one)
    return { value: one.id, label: bankLabel(one), ...(hint ? { hint } : {}) }
  })
}

const LIMITS = {
  in: 'From {least} to {most} at a time, and {day} in 24 hours.',
  out: 'From {least} to {most} at a time, and {day} in 24 hours. Less from a new account, and {new} in 24 hours to accounts linked in the last 7 days.'
} as const satisfies Record<TransferRequest['direction'], TextKey<'transfers'>>

function limitsHint(
  direction: TransferRequest['direction'],
  text: Text<'transfers'>,
  format: ReturnType<typeof useFormatting>
): string {
  const dollars = (minor: bigint) => format.money({ minor: minor.toString(), currency: 'USD' })
  return text(LIMITS[direction], {
    least: dollars(MIN_TRANSFER_MINOR),
    most: dollars(MAX_TRANSFER_MINOR),
    day: dollars(DAILY_LIMIT_MINOR),
    new: dollars(NEW_COUNTERPARTY_LIMIT_MINOR)
  })
}

function TransferFields({
  request,
  onRequestChange,
  onReview,
  onCancel,
  counterparties
}: Props & { counterparties: CounterpartyResponse[] }) {
  const text = useText('transfers')
  const bank = chosenBank(request.bank, counterparties)
  const format = useFormatting()
  const dollars = { locale: format.locale, currency: 'USD' }
  const { busy, errors, failure, attempt, submit } = useSubmit(async () =>
    onReview(
      await sendAmountInput(request.amount, { field: 'amount', ...dollars }, (amount) =>
        apiSend<TransferResponse>('/api/v1/account/transfers', {
          ...request,
          amount,
          bank: bank || undefined
        })
      )
    )
  )
  return (
    <form onSubmit={submit} noValidate className="mt-4">
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <fieldset>
        <legend className="font-medium text-[0.9375rem]">
          {text(request.direction === 'in' ? 'Take the money from' : 'Send the money to')}
        </legend>
        <RadioGroup
          name="bank"
          options={useCounterpartyOptions(request.direction, counterparties)}
          value={bank}
          onChange={(id) => onRequestChange({ ...request, bank: id })}
          {...(errors.bank ? { error: errors.bank } : {})}
        />
      </fieldset>
      <TextField
        name="amount"
        label={text('Amount in dollars')}
        value={request.amount}
        onChange={(amount) => onRequestChange({ ...request, amount })}
        hint={limitsHint(request.direction, text, format)}
        inputMode="decimal"
        format={(typed) => formatTypedAmount(typed, request.amount, dollars)}
        autoComplete="off"
        width="short"
        className="mt-6"
        {...(errors.amount ? { error: errors.amount } : {})}
      />
      <FormButtons
        busy={busy}
        labels={[text('Review'), text('Checking')]}
        onCancel={onCancel}
        className="mt-6"
      />
    </form>
  )
}

function LinkAnotherBank({ onDone }: { onDone: () => void }) {
  const text = useText('transfers')
  return (
    <details className="mt-6 border-line border-t pt-4">
      <summary className="inline-flex min-h-11 cursor-pointer items-center rounded-control px-1 font-medium text-[0.9375rem] text-accent">
        {text('Use another bank')}
      </summary>
      <div className="mt-2 space-y-4">
        <LinkExplanation />
        <LinkCounterparty label={text('Link another bank')} variant="quiet" onDone={onDone} />
      </div>
    </details>
  )
}
