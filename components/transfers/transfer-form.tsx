'use client'

import useSWR from 'swr'
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
  const refresh = () => void mutate()
  const cancel = (
    <Button variant="bare" onClick={onCancel}>
      Cancel
    </Button>
  )
  if (request.direction === 'out' && isEmpty)
    return (
      <Notice tone="info" className="mt-4" title="There is no money to withdraw" action={cancel}>
        Money that you add can be withdrawn once it has arrived.
      </Notice>
    )
  if (!data && error)
    return (
      <Notice
        tone="bad"
        live
        className="mt-4"
        title="Your banks could not be loaded"
        action={cancel}
      >
        {errorMessage(error)}
      </Notice>
    )
  if (!data)
    return (
      <div className="mt-4 space-y-2.5">
        <LoadingStatus label="your banks" />
        <Skeleton className="h-12 w-full" />
        <Skeleton className="h-12 w-40" />
      </div>
    )
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

/** The chosen counterparty, or the only one. */
function chosenBank(id: string, counterparties: readonly CounterpartyResponse[]): string {
  if (counterparties.some((one) => one.id === id)) return id
  return counterparties.length === 1 ? (counterparties[0]?.id ?? '') : ''
}

const KIND_LABELS = { checking: 'Checking account', savings: 'Savings account' }

function useCounterpartyOptions(
  direction: TransferRequest['direction'],
  counterparties: CounterpartyResponse[]
) {
  const format = useFormatting()
  const hint = ({ kind, withdrawableFrom }: CounterpartyResponse) =>
    direction === 'out' && withdrawableFrom
      ? `New. To protect you, it can receive money from ${format.instant(withdrawableFrom)}`
      : kind && KIND_LABELS[kind]
  return counterparties.map((one) => {
    const text = hint(one)
    return { value: one.id, label: bankLabel(one), ...(text ? { hint: text } : {}) }
  })
}

function limitsHint(
  direction: TransferRequest['direction'],
  format: ReturnType<typeof useFormatting>
): string {
  const dollars = (minor: bigint) => format.money({ minor: minor.toString(), currency: 'USD' })
  const limits = `From ${dollars(MIN_TRANSFER_MINOR)} to ${dollars(MAX_TRANSFER_MINOR)} at a time, and ${dollars(DAILY_LIMIT_MINOR)} in 24 hours.`
  return direction === 'out'
    ? `${limits} Less from a new account, and ${dollars(NEW_COUNTERPARTY_LIMIT_MINOR)} in 24 hours to accounts linked in the last 7 days.`
    : limits
}

function TransferFields({
  request,
  onRequestChange,
  onReview,
  onCancel,
  counterparties
}: Props & { counterparties: CounterpartyResponse[] }) {
  const bank = chosenBank(request.bank, counterparties)
  const format = useFormatting()
  const { busy, errors, failure, attempt, submit } = useSubmit(async () =>
    onReview(
      await sendAmountInput(
        request.amount,
        { field: 'amount', locale: format.locale, currency: 'USD' },
        (amount) =>
          apiSend<TransferResponse>('/api/v1/account/transfers', {
            ...request,
            amount,
            bank: bank || undefined
          })
      )
    )
  )
  const options = useCounterpartyOptions(request.direction, counterparties)
  return (
    <form onSubmit={submit} noValidate className="mt-4">
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <fieldset>
        <legend className="font-medium text-[0.9375rem]">
          {request.direction === 'in' ? 'Take the money from' : 'Send the money to'}
        </legend>
        <RadioGroup
          name="bank"
          options={options}
          value={bank}
          onChange={(id) => onRequestChange({ ...request, bank: id })}
          {...(errors.bank ? { error: errors.bank } : {})}
        />
      </fieldset>
      <TextField
        name="amount"
        label="Amount in dollars"
        value={request.amount}
        onChange={(amount) => onRequestChange({ ...request, amount })}
        hint={limitsHint(request.direction, format)}
        inputMode="decimal"
        format={(typed) =>
          formatTypedAmount(typed, request.amount, { locale: format.locale, currency: 'USD' })
        }
        autoComplete="off"
        width="short"
        className="mt-6"
        {...(errors.amount ? { error: errors.amount } : {})}
      />
      <FormButtons
        busy={busy}
        labels={['Review', 'Checking']}
        onCancel={onCancel}
        className="mt-6"
      />
    </form>
  )
}

function LinkAnotherBank({ onDone }: { onDone: () => void }) {
  return (
    <details className="mt-6 border-line border-t pt-4">
      <summary className="inline-flex min-h-11 cursor-pointer items-center rounded-control px-1 font-medium text-[0.9375rem] text-accent">
        Use another bank
      </summary>
      <div className="mt-2 space-y-4">
        <LinkExplanation />
        <LinkCounterparty label="Link another bank" variant="quiet" onDone={onDone} />
      </div>
    </details>
  )
}
