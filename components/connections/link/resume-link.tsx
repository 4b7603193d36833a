'use client'

import { useEffect, useRef, useState } from 'react'
import type { ResumedLinkResponse } from '@/lib/api/responses'
import { change, messageOf } from '@/components/lib/api'
import { Button, ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { AddBank } from '@/components/connections/link/add-bank'
import { RelinkBank } from '@/components/connections/link/relink-bank'
import { findVisit } from '@/components/connections/link/link-session'

type Phase =
  | { at: 'asking' }
  | { at: 'found'; visit: ResumedLinkResponse }
  | { at: 'lost' }
  | { at: 'failed'; message: string }

/** Goes on with the visit to Link that a bank's own page came back from; says so, with a way on, where there is none. */
export function ResumeVisit() {
  const [phase, setPhase] = useState<Phase>({ at: 'asking' })
  const ask = async () => {
    setPhase({ at: 'asking' })
    try {
      const visit = await change<ResumedLinkResponse | null>('/api/v1/bank/resume', { visit: findVisit() })
      setPhase(visit ? { at: 'found', visit } : { at: 'lost' })
    } catch (thrown) {
      setPhase({ at: 'failed', message: messageOf(thrown) })
    }
  }
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    void ask()
  })

  if (phase.at === 'asking')
    return (
      <p role="status" className="text-muted">
        Going back to Plaid
      </p>
    )
  if (phase.at === 'failed')
    return (
      <Notice
        tone="bad"
        live
        action={
          <Button look="quiet" onClick={() => void ask()}>
            Try again
          </Button>
        }
      >
        {phase.message}
      </Notice>
    )
  if (phase.at === 'lost')
    return (
      <>
        <Notice tone="info" live title="This sign-in at your bank has expired" className="mb-4">
          It was open for too long, or another user of this browser started it. Nothing was changed.
          Start again whenever you like.
        </Notice>
        <AddBank aside={<Back />} />
      </>
    )
  return <Found visit={phase.visit} />
}

function Found({ visit }: { visit: ResumedLinkResponse }) {
  if (visit.over) {
    const linked = visit.purpose === 'link' && visit.connectionId !== null
    return (
      <Notice
        tone={linked ? 'good' : 'info'}
        live
        title={linked ? 'This bank is linked' : 'This sign-in at your bank is finished'}
        action={<Back />}
      >
        {linked
          ? 'There is nothing left to do here.'
          : 'Your connections show whether the bank works again.'}
      </Notice>
    )
  }
  if (visit.purpose === 'relink' && visit.connectionId)
    return (
      <div className="flex flex-wrap gap-2">
        <RelinkBank
          connectionId={visit.connectionId}
          bank="Your bank"
          label="Sign in again"
          look="primary"
          resumed={visit}
        />
        <Back />
      </div>
    )
  return <AddBank resumed={visit} aside={<Back />} />
}

function Back() {
  return (
    <ButtonLink href="/connections" look="bare">
      See your connections
    </ButtonLink>
  )
}
