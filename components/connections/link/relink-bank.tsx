'use client'

import { useState } from 'react'
import type {
  PlaidLinkError,
  PlaidLinkOnExitMetadata,
  PlaidLinkOnSuccessMetadata
} from 'react-plaid-link'
import type { LinkTokenResponse, RelinkResponse } from '@/lib/api/responses'
import { change, messageOf } from '@/components/lib/api'
import { Button, type Look } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { useRefresh } from '@/components/lib/use-refresh'
import { reportExit, reportSuccess } from '@/components/connections/link/link-api'
import { LinkWindow } from '@/components/connections/link/link-window'
import { BLOCKED, exitMessage } from '@/components/connections/link/link-labels'
import { useEnter } from '@/components/connections/link/use-open-link'
import { forgetVisit } from '@/components/connections/link/link-session'

type Tone = 'info' | 'good' | 'warn' | 'bad'
type Phase =
  | { at: 'idle'; notice: { tone: Tone; text: string } | null }
  | { at: 'preparing' }
  | { at: 'link'; link: LinkTokenResponse; returned: boolean }
  | { at: 'confirming' }
  | { at: 'unconfirmed'; message: string; visit: string }

type Props = {
  connectionId: string
  bank: string
  label: string
  look: Look
  /** Whether there is a reason to press it now. A window that is open stays open either way. */
  offered?: boolean
  /** The visit that a bank's own page came back from. */
  resumed?: LinkTokenResponse
}

/** Signing in again, or choosing accounts anew, at a bank that is linked already. What it changed, Plaid says and not the window. */
export function RelinkBank({ connectionId, bank, label, look, offered = true, resumed }: Props) {
  const [phase, setPhase] = useState<Phase>(
    resumed ? { at: 'preparing' } : { at: 'idle', notice: null }
  )
  const refresh = useRefresh()
  const stop = (tone: Tone, text: string) => setPhase({ at: 'idle', notice: { tone, text } })

  const enter = useEnter(resumed, setPhase)

  const confirm = async (visit: string) => {
    setPhase({ at: 'confirming' })
    try {
      const { status } = await change<RelinkResponse>(
        `/api/v1/connections/${connectionId}/relinked`,
        { visit }
      )
      await refresh()
      if (status === 'good')
        stop('good', `${bank} works. Its newest transactions are on their way.`)
      else
        stop(
          'warn',
          `Plaid does not call ${bank} well yet. Wait a few minutes, then sign in again.`
        )
    } catch (thrown) {
      setPhase({ at: 'unconfirmed', message: messageOf(thrown), visit })
    }
  }
  const onSuccess = (link: LinkTokenResponse, metadata: PlaidLinkOnSuccessMetadata) => {
    void confirm(link.visit).finally(() =>
      reportSuccess(metadata, { connectionId, visit: link.visit })
    )
  }
  const onExit = (
    link: LinkTokenResponse,
    error: PlaidLinkError | null,
    metadata: PlaidLinkOnExitMetadata
  ) => {
    forgetVisit()
    reportExit(error, metadata, { connectionId, visit: link.visit })
    stop(error ? 'bad' : 'info', exitMessage(error, bank, 'Nothing was changed.'))
  }

  const busy = phase.at !== 'idle' && phase.at !== 'unconfirmed'
  const press = () =>
    phase.at === 'unconfirmed'
      ? void confirm(phase.visit)
      : void enter(
          () => change<LinkTokenResponse>(`/api/v1/connections/${connectionId}/relink`, {}),
          false
        )
  if (!offered && phase.at === 'idle' && !phase.notice) return null
  return (
    <>
      <Button look={look} busy={busy} onClick={press}>
        {phase.at === 'confirming'
          ? 'Asking Plaid'
          : phase.at === 'unconfirmed'
            ? 'Check again'
            : busy
              ? 'Opening Plaid'
              : label}
        <span className="sr-only">: {bank}</span>
      </Button>
      {phase.at === 'idle' && phase.notice && (
        <Notice tone={phase.notice.tone} live className="order-last basis-full">
          {phase.notice.text}
        </Notice>
      )}
      {phase.at === 'unconfirmed' && (
        <Notice tone="bad" live className="order-last basis-full">
          {phase.message}
        </Notice>
      )}
      {phase.at === 'link' && (
        <LinkWindow
          key={phase.link.linkToken}
          token={phase.link.linkToken}
          expiresAt={phase.link.expiresAt}
          {...(phase.returned ? { receivedRedirectUri: window.location.href } : {})}
          onSuccess={(_token, metadata) => onSuccess(phase.link, metadata)}
          onExit={(error, metadata) => onExit(phase.link, error, metadata)}
          onOpen={() => {}}
          onBlocked={() => stop('bad', BLOCKED)}
        />
      )}
    </>
  )
}
