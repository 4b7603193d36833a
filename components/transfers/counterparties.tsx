'use client'

import type { ReactNode } from 'react'
import { LinkCounterparty } from '@/components/transfers/link-counterparty'
import { bankLabel } from '@/components/transfers/transfer-labels'
import type { CounterpartyResponse } from '@/lib/api/transfers'
import { brand } from '@/pangea.config'

/** Explains why Plaid opens again for a user who has linked banks already. */
export function LinkExplanation() {
  return (
    <p className="max-w-prose text-[0.9375rem] text-muted leading-6">
      Plaid opens once more, this time for Jiko, the bank that holds this account. {brand.name} can
      only read the banks on your dashboard. To move money, Jiko needs its own permission from you.
    </p>
  )
}

const STATE_TEXTS: Record<CounterpartyResponse['state'], string> = {
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
  if (counterparties.length === 0) return null
  return (
    <ul className="mt-4 divide-y divide-line rounded-xl border border-line">
      {counterparties.map((counterparty) => (
        <li key={counterparty.id} className="px-4 py-3.5">
          <p className="font-medium text-[0.9375rem]">{bankLabel(counterparty)}</p>
          <p className="mt-0.5 text-[0.9375rem] text-muted leading-6">
            {STATE_TEXTS[counterparty.state]}
          </p>
          {counterparty.state === 'needs_code' && (
            <div className="mt-2.5">
              <LinkCounterparty
                label="Enter the code"
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
  return (
    <div className="mt-4 space-y-4">
      <p>{`Link the bank that the money ${direction === 'in' ? 'comes from' : 'goes to'}. It takes a minute.`}</p>
      <LinkExplanation />
      <div className="flex flex-wrap items-start gap-2">
        <LinkCounterparty label="Link a bank" onDone={onDone} />
        {aside}
      </div>
    </div>
  )
}
