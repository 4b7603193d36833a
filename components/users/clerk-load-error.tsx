'use client'

import { useEffect, useState } from 'react'
import { useText } from '#text'
import { useClerkSource } from '@/components/lib/app-clerk-provider'
import { useClerkSession } from '@/components/lib/clerk'
import { loadClerkUi } from '@/components/lib/clerk-ui'
import { SupportContact } from '@/components/site/support-contact'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

/** Shown in place of a Clerk form when a script of Clerk failed to load. */
export function ClerkLoadError() {
  const source = useClerkSource()
  const { status } = useClerkSession()
  const [uiFailed, setUiFailed] = useState(false)
  useEffect(() => {
    loadClerkUi(source).catch(() => setUiFailed(true))
  }, [source])
  return uiFailed || status === 'failed' ? <LoadErrorNotice /> : null
}

function LoadErrorNotice() {
  const text = useText('users')
  return (
    <Notice
      tone="bad"
      live
      title={text('Sign-in could not be loaded')}
      className="mb-4"
      action={
        <Button variant="quiet" onClick={() => window.location.reload()}>
          {text('Reload the page')}
        </Button>
      }
    >
      {text(
        'Check your internet connection. A browser extension or your network may also block it.'
      )}
      <SupportContact />
    </Notice>
  )
}
