'use client'

import { useState } from 'react'
import type {
  PlaidLinkError,
  PlaidLinkOnExitMetadata,
  PlaidLinkOnSuccessMetadata
} from 'react-plaid-link'
import { useText } from '#text'
import { reportExit, reportSuccess } from '@/components/connections/link/link-api'
import { exitMessage, SCRIPT_BLOCKED_MESSAGE } from '@/components/connections/link/link-labels'
import { clearLinkSession } from '@/components/connections/link/link-session'
import { LinkWindow } from '@/components/connections/link/link-window'
import { useOpenLink } from '@/components/connections/link/use-open-link'
import { apiSend, errorMessage } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'
import { Button, type Variant } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { LinkTokenResponse, RelinkResponse } from '@/lib/api/responses'
import type { TextKey } from '@/lib/domain/text/text'

type Tone = 'info' | 'good' | 'warn' | 'bad'
type Phase =
  | { at: 'idle'; notice: { tone: Tone; text: string } | null }
  | { at: 'preparing' }
  | { at: 'link'; link: LinkTokenResponse; returned: boolean }
  | { at: 'confirming' }
  | { at: 'unconfirmed'; message: string; sessionId: string }

type Props = {
  connectionId: string
  bank: string
  label: string
  variant: Variant
  /** Whether the action is needed now. An open window stays open either way. */
  visible?: boolean
  /** The Link session of an OAuth return. */
  resumedLink?: LinkTokenResponse
}

const isBusy = ({ at }: Phase): boolean => at !== 'idle' && at !== 'unconfirmed'

/** The label while the button is not in its first state. */
function phaseLabel(phase: Phase): TextKey<'connections'> | null {
  if (phase.at === 'confirming') return 'Asking Plaid'
  if (phase.at === 'unconfirmed') return 'Check again'
  return isBusy(phase) ? 'Opening Plaid' : null
}

const OUTCOMES: Record<'good' | 'warn', { tone: Tone; key: TextKey<'connections'> }> = {
  good: {
    tone: 'good',
    key: 'You’re reconnected to {bank}. New transactions are coming in.'
  },
  warn: {
    tone: 'warn',
    key: 'Plaid has not confirmed the connection to {bank} yet. Wait a few minutes, then sign in again.'
  }
}

/** The state of one update: opens Link, then asks Plaid whether the connection works. */
function useRelink(connectionId: string, bank: string, resumedLink: LinkTokenResponse | undefined) {
  const [phase, setPhase] = useState<Phase>(
    resumedLink ? { at: 'preparing' } : { at: 'idle', notice: null }
  )
  const refresh = useRefresh()
  const text = useText('connections')
  const endWithNotice = (tone: Tone, message: string) =>
    setPhase({ at: 'idle', notice: { tone, text: message } })
  const openLink = useOpenLink(resumedLink, setPhase)

  const confirm = async (sessionId: string) => {
    setPhase({ at: 'confirming' })
    try {
      const { status } = await apiSend<RelinkResponse>(
        `/api/v1/connections/${connectionId}/relinked`,
        { visit: sessionId }
      )
      await refresh()
      const { tone, key } = OUTCOMES[status === 'good' ? 'good' : 'warn']
      endWithNotice(tone, text(key, { bank }))
    } catch (thrown) {
      setPhase({ at: 'unconfirmed', message: errorMessage(thrown), sessionId })
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
    clearLinkSession()
    reportExit(error, metadata, { connectionId, visit: link.visit })
    endWithNotice(error ? 'bad' : 'info', exitMessage(text, error, bank, 'Nothing was changed.'))
  }

  const onBlocked = () => endWithNotice('bad', text(SCRIPT_BLOCKED_MESSAGE))
  return { phase, openLink, confirm, onSuccess, onExit, onBlocked }
}

function PhaseNotice({ phase }: { phase: Phase }) {
  const notice =
    phase.at === 'unconfirmed'
      ? { tone: 'bad' as const, text: phase.message }
      : phase.at === 'idle'
        ? phase.notice
        : null
  if (!notice) return null
  return (
    <Notice tone={notice.tone} live className="order-last basis-full">
      {notice.text}
    </Notice>
  )
}

/** Plaid's update mode for a linked bank. Plaid's API decides what changed, not the window. */
export function RelinkBank({
  connectionId,
  bank,
  label,
  variant,
  visible = true,
  resumedLink
}: Props) {
  const text = useText('connections')
  const { phase, openLink, confirm, onSuccess, onExit, onBlocked } = useRelink(
    connectionId,
    bank,
    resumedLink
  )
  const onPress = () =>
    phase.at === 'unconfirmed'
      ? void confirm(phase.sessionId)
      : void openLink(
          () => apiSend<LinkTokenResponse>(`/api/v1/connections/${connectionId}/relink`, {}),
          false
        )
  const busyLabel = phaseLabel(phase)
  if (!visible && phase.at === 'idle' && !phase.notice) return null
  return (
    <>
      <Button variant={variant} busy={isBusy(phase)} onClick={onPress}>
        {busyLabel ? text(busyLabel) : label}
        <span className="sr-only">: {bank}</span>
      </Button>
      <PhaseNotice phase={phase} />
      {phase.at === 'link' && (
        <LinkWindow
          key={phase.link.linkToken}
          token={phase.link.linkToken}
          expiresAt={phase.link.expiresAt}
          {...(phase.returned ? { receivedRedirectUri: window.location.href } : {})}
          onSuccess={(_token, metadata) => onSuccess(phase.link, metadata)}
          onExit={(error, metadata) => onExit(phase.link, error, metadata)}
          onOpen={() => {}}
          onBlocked={onBlocked}
        />
      )}
    </>
  )
}
