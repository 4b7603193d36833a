'use client'

import type { ReactNode } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useWithReverification } from '@/components/lib/use-reverification'
import { bankLabel } from '@/components/transfers/transfer-labels'
import { Button } from '@/components/ui/button'
import { DateText, useFormatting } from '@/components/ui/formatting'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { useSubmit } from '@/components/ui/forms/use-submit'
import type { TransferResponse } from '@/lib/api/transfers'

type Props = {
  transfer: TransferResponse
  account: string
  onDone: (transfer: TransferResponse) => void
  onEdit: () => void
  onCancel: () => void
}

/** Second step: review and confirm. Idempotent: a draft can be confirmed once. */
export function TransferReview({ transfer, account, onDone, onEdit, onCancel }: Props) {
  const confirm = useWithReverification((id: string) =>
    apiSend<TransferResponse>(`/api/v1/account/transfers/${id}/confirm`, {})
  )
  const { busy, errors, failure, attempt, submit } = useSubmit(async () =>
    onDone(await confirm(transfer.id))
  )
  const text = useText('transfers')
  const isDeposit = transfer.direction === 'in'
  const counterparty = bankLabel(transfer.bank)
  const amount = useFormatting().money(transfer.amount)
  return (
    <form onSubmit={submit} noValidate className="mt-4">
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <dl className="divide-y divide-line border-line border-y">
        <ReviewRow label={text('Amount')}>
          <span className="font-medium tabular-nums">{amount}</span>
        </ReviewRow>
        <ReviewRow label={text('From')}>{isDeposit ? counterparty : account}</ReviewRow>
        <ReviewRow label={text('To')}>{isDeposit ? account : counterparty}</ReviewRow>
        <ReviewRow label={text('Expected by')}>
          <DateText date={transfer.settlesOn} />
        </ReviewRow>
      </dl>
      <Conditions transfer={transfer} amount={amount} />
      <FormButtons
        busy={busy}
        labels={[
          text(isDeposit ? 'Confirm and add {amount}' : 'Confirm and withdraw {amount}', {
            amount
          }),
          text('Asking Jiko')
        ]}
        onCancel={onCancel}
        className="mt-6"
      >
        <Button variant="quiet" onClick={onEdit}>
          {text('Change')}
        </Button>
      </FormButtons>
    </form>
  )
}

/** When the money can be used, and what the user authorizes. */
function Conditions({ transfer, amount }: { transfer: TransferResponse; amount: string }) {
  const text = useText('transfers')
  return (
    <div className="mt-4 max-w-prose space-y-2 text-[0.9375rem] text-muted leading-6">
      {transfer.direction === 'in' ? (
        <>
          <p>
            {text(
              'You can use the money from that day on. Until then {bank} may still return it, for example if there is not enough money in the account.',
              { bank: transfer.bank.name }
            )}
          </p>
          <p>
            {text('By confirming you authorize Jiko to take {amount} once, by ACH, from {bank}.', {
              amount,
              bank: bankLabel(transfer.bank)
            })}
          </p>
        </>
      ) : (
        <p>
          {text(
            'Jiko sells Treasury bills for the amount, reviews the transfer and sends it by ACH. Your balance goes down right away.'
          )}
        </p>
      )}
      <p>
        {text(
          'Unless you did so within the last minute, you confirm that it’s you next. After that, the transfer cannot be cancelled here. We send you an e-mail about it.'
        )}
      </p>
    </div>
  )
}

function ReviewRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-6 gap-y-0.5 py-3">
      <dt className="text-muted">{label}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  )
}
