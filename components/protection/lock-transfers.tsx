'use client'

import { useEffect, useRef, useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { SupportContact } from '@/components/site/support-contact'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'

/** Locks transfers with the token of an e-mail's link, which is in the address's fragment. */
export function LockTransfers() {
  const text = useText('users')
  const [locked, setLocked] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const { busy, failure, mutate } = useMutation(async () => {
    await apiSend('/api/v1/locks', { token: location.hash.slice(1) })
    // Used up: neither the history nor a screenshot keeps it.
    history.replaceState(null, '', location.pathname)
    setLocked(true)
  })
  useEffect(() => {
    if (locked) heading.current?.focus()
  }, [locked])
  return (
    <Card labelledBy="lock" className="p-6 sm:p-8">
      <h1
        id="lock"
        ref={heading}
        tabIndex={-1}
        className="font-semibold text-2xl tracking-[-0.015em] outline-none"
      >
        {locked ? text('Transfers are locked') : text('Was this not you?')}
      </h1>
      {locked ? <NextSteps /> : <Explanation />}
      {failure && (
        <Notice tone="bad" live className="mt-5">
          {failure}
        </Notice>
      )}
      {!locked && (
        <Button
          className="mt-6 bg-danger text-surface hover:bg-danger/90"
          busy={busy}
          onClick={() => void mutate()}
        >
          {busy ? text('Locking') : text('Lock transfers and sign out everywhere')}
        </Button>
      )}
    </Card>
  )
}

function Explanation() {
  const text = useText('users')
  return (
    <div className="mt-3 space-y-3 text-muted leading-7">
      <p>
        {text(
          'If you don’t recognize the activity in our e-mail, lock transfers now. After that, no money can be added or withdrawn, no other account can be linked for transfers, and every browser that uses your login is signed out.'
        )}
      </p>
      <p>
        {text('Transfers that Jiko already received are not stopped. Contact Jiko about those.')}
      </p>
    </div>
  )
}

function NextSteps() {
  const text = useText('users')
  return (
    <ol className="mt-3 list-decimal space-y-2 pl-5 text-muted leading-7 marker:text-muted">
      <li>
        {text('Change the password of your e-mail account first, then your {brand} password.')}
      </li>
      <li>{text('Turn on two-step verification under Settings, Security.')}</li>
      <li>
        {text(
          'Contact us. We verify that it is you in another way, then unlock transfers. You get an e-mail when that happens.'
        )}{' '}
        <SupportContact />
      </li>
    </ol>
  )
}
