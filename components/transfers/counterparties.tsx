'use client'

import type { ReactNode } from 'react'
import { useText } from '#text'
import { LinkCounterparty } from '@/components/transfers/link-counterparty'
import { bankLabel } from '@/components/transfers/transfer-labels'
import { useFormatting } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import type { CounterpartyResponse } from '@/lib/api/transfers'
import type { TextKey } from '@/lib/domain/text/text'
import { OTHER_OWNER_LIMIT_MINOR } from '@/lib/domain/transfers/protection'

/** Explains why Plaid opens again for a user who has linked banks already. */
export function LinkExplanation() {
  const text = useText('transfers')
  return (
    <p className="max-w-prose text-[0.9375rem] text-muted leading-6">
      {text(
        'Plaid opens once more, this time for Jiko, the bank that holds this account. {brand} can only read the banks on your dashboard. To move money, Jiko needs its own permission from you.'
      )}
    </p>
  )
}

const STATE_TEXTS: Record<CounterpartyResponse['state'], TextKey<'transfers'>> = {
  verified: 'Verified.',
  checking:
    'Being verified. This can take one to two business days. There is nothing you need to do.',
  needs_code:
    'A deposit of one cent arrives in one to two business days. Its description ends in a code: enter it to verify that the account is yours.',
  failed: 'We could not verify that this account is yours. Link it again.',
  unusable:
    'A transfer was returned because this account is closed or does not accept transfers. Link another one.',
  expired: 'The verification of this account has expired. Link it again.'
}

/** Counterparties that cannot be used yet, and what is missing. */
export function UnverifiedCounterparties({
  counterparties,
  onDone
}: {
  counterparties: CounterpartyResponse[]
  onDone: () => void
}) {
  const text = useText('transfers')
  if (counterparties.length === 0) return null
  return (
    <ul className="mt-4 divide-y divide-line rounded-xl border border-line">
      {counterparties.map((counterparty) => (
        <li key={counterparty.id} className="px-4 py-3.5">
          <p className="font-medium text-[0.9375rem]">{bankLabel(counterparty)}</p>
          <p className="mt-0.5 text-[0.9375rem] text-muted leading-6">
            {text(STATE_TEXTS[counterparty.state])}
          </p>
          {counterparty.state === 'needs_code' && (
            <div className="mt-2.5">
              <LinkCounterparty
                label={text('Enter the code')}
                variant="quiet"
                counterparty={counterparty}
                onDone={onDone}
              />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Accounts that work with lower limits, because the bank has another name for their owner. */
export function OwnerNotices({
  counterparties,
  onDone
}: {
  counterparties: CounterpartyResponse[]
  onDone: () => void
}) {
  const format = useFormatting()
  const text = useText('transfers')
  const limit = format.money({ minor: OTHER_OWNER_LIMIT_MINOR.toString(), currency: 'USD' })
  const differing = counterparties.filter(({ ownerDiffers }) => ownerDiffers)
  return differing.map((counterparty) => (
    <Notice
      key={counterparty.id}
      tone="info"
      className="mt-4"
      title={text('Confirm {account}', { account: bankLabel(counterparty) })}
      action={
        <LinkCounterparty
          label={text('Confirm with a deposit')}
          variant="quiet"
          about={bankLabel(counterparty)}
          onDone={onDone}
        />
      }
    >
      {text(
        '{bank} has a different name for this account than your application. That can happen, for example after a change of name. You can use the account now, for up to {limit} in 24 hours each way. To lift this limit, link it once more with its account number: one cent arrives in one to two business days, with a code to enter here.',
        { bank: counterparty.name, limit }
      )}
    </Notice>
  ))
}

/** Empty state: explains linking, with a button. */
export function NoCounterparty({
  direction,
  aside,
  onDone
}: {
  direction: 'in' | 'out'
  aside: ReactNode
  onDone: () => void
}) {
  const text = useText('transfers')
  return (
    <div className="mt-4 space-y-4">
      <p>
        {text(
          direction === 'in'
            ? 'Link the bank that the money comes from. It takes a minute.'
            : 'Link the bank that the money goes to. It takes a minute.'
        )}
      </p>
      <LinkExplanation />
      <div className="flex flex-wrap items-start gap-2">
        <LinkCounterparty label={text('Link a bank')} onDone={onDone} />
        {aside}
      </div>
    </div>
  )
}
