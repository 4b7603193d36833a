'use client'

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useText } from '#text'
import { AddBank } from '@/components/connections/link/add-bank'
import { apiSend, errorMessage } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'

/** The optional start of the application: a bank suggests the answers that it knows. */
export function BankFirst() {
  const text = useText('onboarding')
  return (
    <section
      aria-labelledby="bank-first"
      className="mb-8 rounded-card border border-line bg-surface p-5"
    >
      <p id="bank-first" className="font-semibold">
        {text('Fill it in from your bank')}
      </p>
      <p className="mt-1 mb-4 text-[0.9375rem] text-muted leading-6">
        {text(
          'Connect a bank with Plaid, and we fill in your name, address and phone number. You check each of them. Or type them yourself.'
        )}
      </p>
      <AddBank
        label={text('Use my bank')}
        variant="quiet"
        kind="application"
        afterLink={(connectionId, bank) => <Prefill connectionId={connectionId} bank={bank} />}
      />
    </section>
  )
}

function Prefill({ connectionId, bank }: { connectionId: string; bank: string | null }) {
  const refresh = useRefresh()
  const text = useText('onboarding')
  const [message, setMessage] = useState(text('Your bank is connected. Filling in your details'))
  const prefill = useEffectEvent(async () => {
    try {
      const { filled } = await apiSend<{ filled: boolean }>('/api/v1/application/prefill', {
        connectionId
      })
      if (filled) await refresh()
      else
        setMessage(
          bank
            ? text('{bank} is connected. It shared no details, so please type them.', { bank })
            : text('Your bank is connected. It shared no details, so please type them.')
        )
    } catch (thrown) {
      setMessage(errorMessage(thrown))
    }
  })
  const hasAsked = useRef(false)
  useEffect(() => {
    if (hasAsked.current) return
    hasAsked.current = true
    void prefill()
  }, [])
  return <p role="status">{message}</p>
}
