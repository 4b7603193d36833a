'use client'

import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { PlaidLinkError, PlaidLinkOnExitMetadata, PlaidLinkOnSuccessMetadata } from 'react-plaid-link'
import type { WireLinkToken } from '@/lib/api/answers'
import { change, messageOf } from '../api'
import { Button, type Look } from '../ui/button'
import { Notice } from '../ui/notice'
import { exchangeOnce, reportExit, reportSuccess } from './exchange'
import { LinkWindow } from './link-window'
import { loadLinkScript } from './script-gate'
import { SyncWatch } from './sync-watch'
import { findVisit, forgetVisit, rememberVisit } from './visit'

type Phase =
  | { at: 'idle'; notice: { tone: 'info' | 'bad'; text: string } | null }
  | { at: 'preparing' }
  | { at: 'link'; link: WireLinkToken; open: boolean }
  | { at: 'exchanging' }
  | { at: 'unfinished'; message: string; retry: () => void }
  | { at: 'linked'; connectionId: string; bank: string | null }

const BLOCKED = 'Plaid’s window could not be loaded. A browser extension or your network may block it. Allow it, then try again.'

type Props = {
  label?: string
  look?: Look
  /** Go on with the visit that a bank's own page came back from. */
  resume?: boolean
  /** Where to go once the first transactions are in. */
  doneHref?: string
  /** Another way on, beside the button for as long as there is one. */
  aside?: ReactNode
}

/** The whole way from the button to the first transactions: Link, the hand-over, the first sync, each with a message of its own. */
export function AddBank({ label = 'Add a bank account', look = 'primary', resume = false, doneHref = '/dashboard', aside }: Props) {
  const [phase, setPhase] = useState<Phase>(resume ? { at: 'preparing' } : { at: 'idle', notice: null })
  const stop = (tone: 'info' | 'bad', text: string) => setPhase({ at: 'idle', notice: { tone, text } })

  const enter = useCallback(async (get: () => Promise<WireLinkToken>) => {
    setPhase({ at: 'preparing' })
    try {
      const link = await get()
      const blocked = await loadLinkScript(link.linkScriptUrl).then(
        () => false,
        () => true
      )
      if (blocked) return setPhase({ at: 'idle', notice: { tone: 'bad', text: BLOCKED } })
      rememberVisit(link)
      setPhase({ at: 'link', link, open: false })
    } catch (thrown) {
      setPhase({ at: 'idle', notice: { tone: 'bad', text: messageOf(thrown) } })
    }
  }, [])
  useResume(resume, enter, stop)

  const handOver = async (publicToken: string, metadata: PlaidLinkOnSuccessMetadata) => {
    setPhase({ at: 'exchanging' })
    try {
      const { connectionId } = await exchangeOnce(publicToken, metadata)
      setPhase({ at: 'linked', connectionId, bank: metadata.institution?.name ?? null })
    } catch (thrown) {
      setPhase({ at: 'unfinished', message: messageOf(thrown), retry: () => void handOver(publicToken, metadata) })
    }
  }
  const onSuccess = (publicToken: string, metadata: PlaidLinkOnSuccessMetadata) => {
    forgetVisit()
    reportSuccess(metadata)
    void handOver(publicToken, metadata)
  }
  const onExit = (error: PlaidLinkError | null, metadata: PlaidLinkOnExitMetadata) => {
    forgetVisit()
    reportExit(error, metadata)
    stop(error ? 'bad' : 'info', exitMessage(error, metadata))
  }

  if (phase.at === 'linked') return <SyncWatch connectionId={phase.connectionId} bank={phase.bank} doneHref={doneHref} />
  if (phase.at === 'unfinished') return <Unfinished message={phase.message} retry={phase.retry} startOver={() => setPhase({ at: 'idle', notice: null })} />
  const busy = phase.at !== 'idle'
  return (
    <div>
      {phase.at === 'idle' && phase.notice && (
        <Notice tone={phase.notice.tone} live className="mb-4">
          {phase.notice.text}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button look={look} busy={busy} onClick={() => void enter(() => change<WireLinkToken>('/api/v1/bank/connect', {}))}>
          {phase.at === 'exchanging' ? 'Adding your bank' : busy ? 'Opening Plaid' : label}
        </Button>
        {aside}
      </div>
      <p role="status" className="sr-only">
        {phase.at === 'exchanging' ? 'Adding your bank' : phase.at === 'preparing' ? 'Opening Plaid' : ''}
      </p>
      {phase.at === 'link' && (
        <LinkWindow
          key={phase.link.linkToken}
          token={phase.link.linkToken}
          {...(resume ? { receivedRedirectUri: window.location.href } : {})}
          onSuccess={onSuccess}
          onExit={onExit}
          onOpen={() => setPhase({ at: 'link', link: phase.link, open: true })}
          onBlocked={() => stop('bad', BLOCKED)}
        />
      )}
    </div>
  )
}

function useResume(resume: boolean, enter: (get: () => Promise<WireLinkToken>) => Promise<void>, stop: (tone: 'info', text: string) => void): void {
  const resumed = useRef(false)
  useEffect(() => {
    if (!resume || resumed.current) return
    resumed.current = true
    const visit = findVisit(Date.now())
    if (visit) void enter(async () => visit)
    else stop('info', 'This visit to your bank has run out, or it was opened in another tab. Start again.')
  })
}

/** What happened, and that nothing was lost. */
function exitMessage(error: PlaidLinkError | null, { institution }: PlaidLinkOnExitMetadata): string {
  const bank = institution?.name ?? 'Your bank'
  if (!error) return 'No bank was added. You can start again whenever you like.'
  if (error.error_code === 'INVALID_LINK_TOKEN') return 'The window was open for too long. Start again.'
  if (error.error_type === 'INSTITUTION_ERROR') return `${bank} is not answering right now. No bank was added. Try again later.`
  if (error.error_type === 'ITEM_ERROR') return `${bank} did not accept the sign-in. No bank was added. Check your details with the bank, then try again.`
  return `${bank} could not be added because of a problem at Plaid. Try again in a few minutes.`
}

function Unfinished({ message, retry, startOver }: { message: string; retry: () => void; startOver: () => void }) {
  return (
    <Notice
      tone="bad"
      live
      title="Your bank was not added yet"
      action={
        <div className="flex flex-wrap gap-2">
          <Button look="quiet" onClick={retry}>
            Try again
          </Button>
          <Button look="bare" onClick={startOver}>
            Start over
          </Button>
        </div>
      }
    >
      {message}
    </Notice>
  )
}
