'use client'

import { useEffect, useRef, useState } from 'react'
import { useText } from '#text'
import { AddBank } from '@/components/connections/link/add-bank'
import { findLinkSession } from '@/components/connections/link/link-session'
import { RelinkBank } from '@/components/connections/link/relink-bank'
import { apiSend, errorMessage } from '@/components/lib/api'
import { Button, ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { ResumedLinkResponse } from '@/lib/api/responses'

type Phase =
  | { at: 'asking' }
  | { at: 'found'; session: ResumedLinkResponse }
  | { at: 'lost' }
  | { at: 'failed'; message: string }

/** Resumes the Link session after an OAuth return, or explains why it cannot. */
export function ResumeLink() {
  const [phase, setPhase] = useState<Phase>({ at: 'asking' })
  const text = useText('connections')
  const resume = async () => {
    setPhase({ at: 'asking' })
    try {
      const session = await apiSend<ResumedLinkResponse | null>('/api/v1/bank/resume', {
        visit: findLinkSession()
      })
      setPhase(session ? { at: 'found', session } : { at: 'lost' })
    } catch (thrown) {
      setPhase({ at: 'failed', message: errorMessage(thrown) })
    }
  }
  const hasStarted = useRef(false)
  useEffect(() => {
    if (hasStarted.current) return
    hasStarted.current = true
    void resume()
  })

  if (phase.at === 'asking')
    return (
      <p role="status" className="text-muted">
        {text('Going back to Plaid')}
      </p>
    )
  if (phase.at === 'failed')
    return (
      <Notice
        tone="bad"
        live
        action={
          <Button variant="quiet" onClick={() => void resume()}>
            {text('Try again')}
          </Button>
        }
      >
        {phase.message}
      </Notice>
    )
  return phase.at === 'lost' ? <LostLink /> : <ResumedLink session={phase.session} />
}

function LostLink() {
  const text = useText('connections')
  return (
    <>
      <Notice
        tone="info"
        live
        title={text('This sign-in at your bank has expired')}
        className="mb-4"
      >
        {text(
          'It was open for too long, or another user of this browser started it. Nothing was changed. Start again whenever you like.'
        )}
      </Notice>
      <AddBank aside={<ConnectionsLink />} />
    </>
  )
}

function ResumedLink({ session }: { session: ResumedLinkResponse }) {
  const text = useText('connections')
  if (session.over) {
    const linked = session.purpose === 'link' && session.connectionId !== null
    return (
      <Notice
        tone={linked ? 'good' : 'info'}
        live
        title={text(linked ? 'This bank is linked' : 'This sign-in at your bank is finished')}
        action={<ConnectionsLink />}
      >
        {text(
          linked
            ? 'There is nothing left to do here.'
            : 'Check the bank’s status under Connections.'
        )}
      </Notice>
    )
  }
  if (session.purpose === 'relink' && session.connectionId)
    return (
      <div className="flex flex-wrap gap-2">
        <RelinkBank
          connectionId={session.connectionId}
          bank={text('Your bank')}
          label={text('Sign in again')}
          variant="primary"
          resumedLink={session}
        />
        <ConnectionsLink />
      </div>
    )
  return <AddBank resumedLink={session} aside={<ConnectionsLink />} />
}

function ConnectionsLink() {
  const text = useText('connections')
  return (
    <ButtonLink href="/connections" variant="bare">
      {text('See your connections')}
    </ButtonLink>
  )
}
