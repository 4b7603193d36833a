'use client'

import { useEffect, useRef, useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'

/** Confirms the link of a test page; its token is in the address's fragment. */
export function ConfirmReadable() {
  const text = useText('onboarding')
  const [confirmed, setConfirmed] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const { busy, failure, mutate } = useMutation(async () => {
    await apiSend('/api/v1/application/agreements/esign-check', { token: location.hash.slice(1) })
    // Used up: neither the history nor a screenshot keeps it.
    history.replaceState(null, '', location.pathname)
    setConfirmed(true)
  })
  useEffect(() => {
    if (confirmed) heading.current?.focus()
  }, [confirmed])
  return (
    <Card labelledBy="readable" className="p-6 sm:p-8">
      <h1
        id="readable"
        ref={heading}
        tabIndex={-1}
        className="font-semibold text-2xl tracking-[-0.015em] outline-none"
      >
        {confirmed ? text('Thank you') : text('You opened the test page')}
      </h1>
      <p className="mt-3 text-muted leading-7">
        {confirmed
          ? text('Go back to {brand}, where you began. You can close this page.')
          : text(
              'Confirm that you can read PDF files, such as Jiko’s documents. Then go back to {brand}.'
            )}
      </p>
      {failure && (
        <Notice tone="bad" live className="mt-5">
          {failure}
        </Notice>
      )}
      {!confirmed && (
        <Button className="mt-6 max-sm:w-full" busy={busy} onClick={() => void mutate()}>
          {busy ? text('Confirming') : text('I can read this')}
        </Button>
      )}
    </Card>
  )
}
