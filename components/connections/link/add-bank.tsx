'use client'

import { type ReactNode, useState } from 'react'
import type {
  PlaidLinkError,
  PlaidLinkOnExitMetadata,
  PlaidLinkOnSuccessMetadata
} from 'react-plaid-link'
import { useText } from '#text'
import { FirstSyncProgress } from '@/components/connections/link/first-sync-progress'
import {
  createFirstLinkToken,
  createLinkToken,
  exchangePublicToken,
  reportExit,
  reportSuccess,
  reportUnfinished
} from '@/components/connections/link/link-api'
import { exitMessage, SCRIPT_BLOCKED_MESSAGE } from '@/components/connections/link/link-labels'
import { clearLinkSession } from '@/components/connections/link/link-session'
import { LinkWindow } from '@/components/connections/link/link-window'
import { OtherAccountTypes } from '@/components/connections/link/other-account-types'
import { PhoneLink } from '@/components/connections/link/phone-link'
import { useOpenLink } from '@/components/connections/link/use-open-link'
import { errorMessage } from '@/components/lib/api'
import { Button, type Variant } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { LinkTokenResponse } from '@/lib/api/responses'
import type { LinkKind } from '@/lib/domain/connections/connection'

type Phase =
  | { at: 'idle'; notice: { tone: 'info' | 'bad'; text: string } | null }
  | { at: 'preparing' }
  | { at: 'link'; link: LinkTokenResponse; returned: boolean }
  | { at: 'exchanging' }
  | { at: 'unfinished'; message: string; retry: () => void }
  | { at: 'linked'; connectionId: string; bank: string | null }

const IDLE: Phase = { at: 'idle', notice: null }

type Props = {
  label?: string
  variant?: Variant
  /** The page is the link step of onboarding. */
  firstLink?: boolean
  /** The Link session of an OAuth return. */
  resumedLink?: LinkTokenResponse
  /** Destination after the first sync. */
  doneHref?: string
  /** An alternative action beside the button. */
  aside?: ReactNode
  kind?: LinkKind
  /** Replaces the first sync, and the other ways to link. */
  afterLink?: (connectionId: string, bank: string | null) => ReactNode
}

/** The phases from the click to the exchanged token. */
function useAddBank(resumedLink: LinkTokenResponse | undefined) {
  const [phase, setPhase] = useState<Phase>(resumedLink ? { at: 'preparing' } : IDLE)
  const text = useText('connections')
  const endWithNotice = (tone: 'info' | 'bad', message: string) =>
    setPhase({ at: 'idle', notice: { tone, text: message } })
  const openLink = useOpenLink(resumedLink, setPhase)

  const exchange = async (
    publicToken: string,
    metadata: PlaidLinkOnSuccessMetadata,
    sessionId: string
  ) => {
    setPhase({ at: 'exchanging' })
    try {
      const { connectionId } = await exchangePublicToken(publicToken, metadata, sessionId)
      reportSuccess(metadata, { connectionId, visit: sessionId })
      setPhase({ at: 'linked', connectionId, bank: metadata.institution?.name ?? null })
    } catch (thrown) {
      reportUnfinished(metadata)
      setPhase({
        at: 'unfinished',
        message: errorMessage(thrown),
        retry: () => void exchange(publicToken, metadata, sessionId)
      })
    }
  }
  const onExit = (
    link: LinkTokenResponse,
    error: PlaidLinkError | null,
    metadata: PlaidLinkOnExitMetadata
  ) => {
    clearLinkSession()
    reportExit(error, metadata, { visit: link.visit })
    endWithNotice(
      error ? 'bad' : 'info',
      exitMessage(text, error, metadata.institution?.name, 'No bank was added.')
    )
  }
  return {
    phase,
    openLink,
    exchange,
    onExit,
    setPhase,
    reset: () => setPhase(IDLE),
    onBlocked: () => endWithNotice('bad', text(SCRIPT_BLOCKED_MESSAGE))
  }
}

/** The current phase for the user; empty while idle. */
function useBusyLabel({ at }: Phase): string {
  const text = useText('connections')
  if (at === 'exchanging') return text('Adding your bank')
  return at === 'preparing' || at === 'link' ? text('Opening Plaid') : ''
}

/** Adds a bank: Link, token exchange and first sync, each with its own message. */
export function AddBank({
  label,
  variant = 'primary',
  firstLink = false,
  resumedLink,
  doneHref = '/dashboard',
  aside,
  kind = 'everyday',
  afterLink
}: Props) {
  const { phase, openLink, exchange, onExit, setPhase, reset, onBlocked } = useAddBank(resumedLink)
  const busyLabel = useBusyLabel(phase)
  const text = useText('connections')
  if (phase.at === 'linked')
    return (
      afterLink?.(phase.connectionId, phase.bank) ?? (
        <FirstSyncProgress
          connectionId={phase.connectionId}
          bank={phase.bank}
          doneHref={doneHref}
        />
      )
    )
  if (phase.at === 'unfinished')
    return <ExchangeFailed message={phase.message} retry={phase.retry} startOver={reset} />
  const busy = phase.at !== 'idle'
  return (
    <div>
      <IdleNotice phase={phase} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant={variant}
          busy={busy}
          onClick={() =>
            void openLink(() => (firstLink ? createFirstLinkToken() : createLinkToken(kind)), false)
          }
        >
          {busyLabel || (label ?? text('Add a bank account'))}
        </Button>
        {aside}
      </div>
      {!afterLink && (
        <>
          <PhoneLink busy={busy} onLinked={(linked) => setPhase({ at: 'linked', ...linked })} />
          <OtherAccountTypes
            busy={busy}
            onChoose={(kind) => void openLink(() => createLinkToken(kind), false)}
          />
        </>
      )}
      <p role="status" className="sr-only">
        {phase.at === 'link' ? '' : busyLabel}
      </p>
      {phase.at === 'link' && (
        <LinkWindow
          key={phase.link.linkToken}
          token={phase.link.linkToken}
          expiresAt={phase.link.expiresAt}
          {...(phase.returned ? { receivedRedirectUri: window.location.href } : {})}
          onSuccess={(publicToken, metadata) =>
            void exchange(publicToken, metadata, phase.link.visit)
          }
          onExit={(error, metadata) => onExit(phase.link, error, metadata)}
          onOpen={() => {}}
          onBlocked={onBlocked}
        />
      )}
    </div>
  )
}

const IdleNotice = ({ phase }: { phase: Phase }) =>
  phase.at === 'idle' &&
  phase.notice && (
    <Notice tone={phase.notice.tone} live className="mb-4">
      {phase.notice.text}
    </Notice>
  )

function ExchangeFailed({
  message,
  retry,
  startOver
}: {
  message: string
  retry: () => void
  startOver: () => void
}) {
  const text = useText('connections')
  return (
    <Notice
      tone="bad"
      live
      title={text('Your bank was not added yet')}
      action={
        <div className="flex flex-wrap gap-2">
          <Button variant="quiet" onClick={retry}>
            {text('Try again')}
          </Button>
          <Button variant="bare" onClick={startOver}>
            {text('Start over')}
          </Button>
        </div>
      }
    >
      {message}
    </Notice>
  )
}
