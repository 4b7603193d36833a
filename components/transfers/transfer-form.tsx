'use client'

import useSWR from 'swr'
import type { CounterpartyResponse, TransferResponse } from '@/lib/api/transfers'
import { DAILY_LIMIT_MINOR, MAX_TRANSFER_MINOR, MIN_TRANSFER_MINOR } from '@/lib/domain/transfers/transfer'
import { change, messageOf } from '@/components/lib/api'
import { Radios } from '@/components/ui/forms/choice-fields'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { TextField } from '@/components/ui/forms/text-field'
import { sendAmount } from '@/components/ui/forms/amount-input'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Loading, Skeleton } from '@/components/ui/skeleton'
import { useWriting } from '@/components/ui/formatting'
import { NoBank, UnreadyBanks, WhyAgain } from '@/components/transfers/counterparties'
import { LinkFunding } from '@/components/transfers/link-counterparty'
import { bankLabel } from '@/components/transfers/transfer-labels'

const BANKS = '/api/v1/account/counterparties'

export type Wish = { direction: 'in' | 'out'; bank: string; amount: string }
/** `empty`: there is no money in the account. */
type Props = {
  wish: Wish
  empty?: boolean
  onWish: (wish: Wish) => void
  onShown: (transfer: TransferResponse) => void
  onCancel: () => void
}

/** The first step: which bank, how much. Nothing moves by it. */
export function TransferForm({ wish, empty, onWish, onShown, onCancel }: Props) {
  const { data, error, mutate } = useSWR<{ items: CounterpartyResponse[] }>(BANKS)
  const reload = () => void mutate()
  const cancel = (
    <Button look="bare" onClick={onCancel}>
      Cancel
    </Button>
  )
  if (wish.direction === 'out' && empty)
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
        {messageOf(error)}
      </Notice>
    )
  if (!data)
    return (
      <div className="mt-4 space-y-2.5">
        <Loading what="your banks" />
        <Skeleton className="h-12 w-full" />
        <Skeleton className="h-12 w-40" />
      </div>
    )
  const ready = data.items.filter(({ state }) => state === 'verified')
  const unready = data.items.filter(({ state }) => state !== 'verified')
  return (
    <>
      {ready.length === 0 ? (
        <NoBank direction={wish.direction} aside={cancel} onDone={reload} />
      ) : (
        <Fields wish={wish} onWish={onWish} onShown={onShown} onCancel={onCancel} banks={ready} />
      )}
      <UnreadyBanks banks={unready} onDone={reload} />
      {ready.length > 0 && <AnotherBank onDone={reload} />}
    </>
  )
}

function Fields({ wish, onWish, onShown, onCancel, banks }: Props & { banks: CounterpartyResponse[] }) {
  const bank = banks.some(({ id }) => id === wish.bank)
    ? wish.bank
    : banks.length === 1
      ? (banks[0]?.id ?? '')
      : ''
  const write = useWriting()
  const { busy, errors, failure, attempt, submit } = useSubmit(async () =>
    onShown(
      await sendAmount(
        wish.amount,
        { field: 'amount', locale: write.locale, currency: 'USD' },
        (amount) =>
          change<TransferResponse>('/api/v1/account/transfers', {
            ...wish,
            amount,
            bank: bank || undefined
          })
      )
    )
  )
  const dollars = (minor: bigint) => write.money({ minor: minor.toString(), currency: 'USD' })
  const kindOf = { checking: 'Checking account', savings: 'Savings account' }
  const options = banks.map((one) => ({
    value: one.id,
    label: bankLabel(one),
    ...(one.kind ? { hint: kindOf[one.kind] } : {})
  }))
  return (
    <form onSubmit={submit} noValidate className="mt-4">
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <fieldset>
        <legend className="font-medium text-[0.9375rem]">
          {wish.direction === 'in' ? 'Take the money from' : 'Send the money to'}
        </legend>
        <Radios
          name="bank"
          options={options}
          value={bank}
          onChange={(id) => onWish({ ...wish, bank: id })}
          {...(errors.bank ? { error: errors.bank } : {})}
        />
      </fieldset>
      <TextField
        name="amount"
        label="Amount in dollars"
        value={wish.amount}
        onChange={(amount) => onWish({ ...wish, amount })}
        hint={`From ${dollars(MIN_TRANSFER_MINOR)} to ${dollars(MAX_TRANSFER_MINOR)} at a time, and ${dollars(DAILY_LIMIT_MINOR)} in 24 hours.`}
        inputMode="decimal"
        autoComplete="off"
        width="short"
        className="mt-6"
        {...(errors.amount ? { error: errors.amount } : {})}
      />
      <FormButtons busy={busy} says={['Review', 'Checking']} onCancel={onCancel} className="mt-6" />
    </form>
  )
}

function AnotherBank({ onDone }: { onDone: () => void }) {
  return (
    <details className="mt-6 border-line border-t pt-4">
      <summary className="inline-flex min-h-11 cursor-pointer items-center rounded-control px-1 font-medium text-[0.9375rem] text-accent">
        Use another bank
      </summary>
      <div className="mt-2 space-y-4">
        <WhyAgain />
        <LinkFunding label="Link another bank" look="quiet" onDone={onDone} />
      </div>
    </details>
  )
}
