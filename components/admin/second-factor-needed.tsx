'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { messageOf, read } from '../api'
import { Button, ButtonLink } from '../ui/button'
import { PageHeading } from '../ui/card'
import { useProof } from '../use-proof'

/** For an administrator who has not verified a second factor in this session. */
export function SecondFactorNeeded() {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [message, setMessage] = useState<string | null>(null)
  const ask = useProof(() => read('/api/v1/admin/vendors'))
  const confirm = async () => {
    setBusy(true)
    setMessage(null)
    try {
      await ask()
      router.refresh()
    } catch (thrown) {
      setMessage(messageOf(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <PageHeading title="Two-step verification needed">
        These pages open after you confirm with your authenticator app. If you have not set it up, turn on two-step verification under Security first.
      </PageHeading>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button busy={busy} onClick={() => void confirm()}>
          Confirm it’s you
        </Button>
        <ButtonLink look="quiet" href="/settings/security">
          Go to Security
        </ButtonLink>
      </div>
      <p role="status" className={message ? 'mt-3 text-danger text-sm' : 'sr-only'}>
        {message}
      </p>
    </>
  )
}
