'use client'

import { Check, Copy, Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { useWithReverification } from '@/components/lib/use-reverification'
import { Button } from '@/components/ui/button'
import type { AccountNumbersResponse, BankAccountResponse } from '@/lib/api/responses'

type Props = Pick<BankAccountResponse, 'routingNumberLast4' | 'accountNumberLast4'>

/** Routing and account number: last digits, and in full on request, directly from Jiko. */
export function AccountNumbers({ routingNumberLast4, accountNumberLast4 }: Props) {
  const [portal, setPortal] = useState<AccountNumbersResponse | null>(null)
  const [missing, setMissing] = useState(false)
  const text = useText('account')
  const revealNumbers = useWithReverification(() =>
    apiSend<{ portals: AccountNumbersResponse[] }>('/api/v1/account/portals', {})
  )
  const { busy, failure, mutate } = useMutation(async () => {
    setMissing(false)
    const { portals } = await revealNumbers()
    setPortal(portals[0] ?? null)
    setMissing(!portals[0])
  })
  const message = missing
    ? text('Jiko has not assigned the account numbers yet. Try again in a few minutes.')
    : failure
  const Icon = portal ? EyeOff : Eye
  return (
    <div>
      <dl className="grid gap-x-10 gap-y-4 sm:grid-cols-2">
        <NumberRow
          label={text('Routing number')}
          copyLabel={text('Copy routing number')}
          value={portal?.routingNumber}
          last4={routingNumberLast4}
        />
        <NumberRow
          label={text('Account number')}
          copyLabel={text('Copy account number')}
          value={portal?.accountNumber}
          last4={accountNumberLast4}
        />
      </dl>
      <Button
        variant="quiet"
        busy={busy}
        className="mt-5"
        onClick={() => (portal ? setPortal(null) : void mutate())}
      >
        <Icon aria-hidden="true" className="size-4.5" />
        {text(portal ? 'Hide numbers' : busy ? 'Asking Jiko' : 'Show numbers')}
      </Button>
      <p role="status" className={message ? 'mt-3 text-danger text-sm' : 'sr-only'}>
        {message || (portal ? text('Numbers shown') : '')}
      </p>
    </div>
  )
}

function NumberRow({
  label,
  copyLabel,
  value,
  last4
}: {
  label: string
  copyLabel: string
  value: string | undefined
  last4: string | null
}) {
  return (
    <div>
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="mt-0.5 flex min-h-9 items-center gap-2 font-mono text-[1.0625rem] tabular-nums tracking-wide">
        <span>{value ?? <MaskedNumber last4={last4} />}</span>
        {value && <CopyButton value={value} label={copyLabel} />}
      </dd>
    </div>
  )
}

function MaskedNumber({ last4 }: { last4: string | null }) {
  const text = useText('account')
  if (!last4)
    return <span className="font-sans text-muted tracking-normal">{text('Not assigned yet')}</span>
  return (
    <>
      <span aria-hidden="true">{`•••• ${last4}`}</span>
      <span className="sr-only">{text('ending in {last4}', { last4 })}</span>
    </>
  )
}

function CopyButton({ value, label }: { value: string; label: string }) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready')
  const text = useText('account')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setState('copied')
    } catch {
      setState('refused')
    }
  }
  return (
    <>
      <button
        type="button"
        onClick={() => void copy()}
        className="inline-flex size-9 items-center justify-center rounded-control text-accent hover:bg-accent-soft"
      >
        {state === 'copied' ? (
          <Check aria-hidden="true" className="size-4.5" />
        ) : (
          <Copy aria-hidden="true" className="size-4.5" />
        )}
        <span className="sr-only">{label}</span>
      </button>
      <span
        role="status"
        className={state === 'ready' ? 'sr-only' : 'font-sans text-muted text-sm tracking-normal'}
      >
        {state !== 'ready' && text(state === 'copied' ? 'Copied' : 'Select the number to copy it')}
      </span>
    </>
  )
}
