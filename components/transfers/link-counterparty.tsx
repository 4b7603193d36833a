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
import { LinkWindow } from '@/components/connections/link/link-window'
import { loadLinkScript } from '@/components/connections/link/load-link-script'
import { apiSend, errorMessage } from '@/components/lib/api'
import { useWithReverification } from '@/components/lib/use-reverification'
import { Button, type Variant } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { FundingLinkResponse } from '@/lib/api/transfers'
import type { TextKey } from '@/lib/domain/text/text'

type Phase =
  | { at: 'idle'; notice: { tone: 'info' | 'bad'; text: string } | null }
  | { at: 'preparing' }
  | { at: 'link'; link: FundingLinkResponse }
  | { at: 'handing' }
  | { at: 'unfinished'; message: string; retry: () => void }

const IDLE: Phase = { at: 'idle', notice: null }

type Props = {
  label: string
  variant?: Variant
  /** A counterparty that waits for its micro-deposit code. */
  counterparty?: { id: string; name: string }
  /** The account, where several buttons have one label. */
  about?: string
  onDone: () => void
}

const PATH = '/api/v1/account/counterparties'

const canLoadLink = ({ linkScriptUrl }: FundingLinkResponse): Promise<boolean> =>
  loadLinkScript(linkScriptUrl).then(
    () => true,
    () => false
  )

/** The two requests to Jiko. Both need a recent verification of the user. */
function useCounterpartyRequests(counterparty: Props['counterparty']) {
  const requestLink = useWithReverification((body: object) =>
    apiSend<FundingLinkResponse>(`${PATH}/link`, body)
  )
  const save = useWithReverification((path: string, body: object) => apiSend(path, body))
  return {
    requestLink: () => requestLink(counterparty ? { bank: counterparty.id } : {}),
    confirmLink: (publicToken: string, metadata: PlaidLinkOnSuccessMetadata) =>
      counterparty
        ? save(`${PATH}/${counterparty.id}/verify`, {})
        : save(PATH, counterpartyBody(publicToken, metadata))
  }
}

/** The phases from the click to Jiko's confirmation. */
function useLinkCounterparty(counterparty: Props['counterparty'], onDone: () => void) {
  const [phase, setPhase] = useState(IDLE)
  const text = useText('connections')
  const { requestLink, confirmLink } = useCounterpartyRequests(counterparty)
  const endWithNotice = (tone: 'info' | 'bad', message: string) =>
    setPhase({ at: 'idle', notice: { tone, text: message } })
  const onBlocked = () => endWithNotice('bad', text(SCRIPT_BLOCKED_MESSAGE))

  const openLink = async () => {
    setPhase({ at: 'preparing' })
    try {
      const link = await requestLink()
      if (await canLoadLink(link)) setPhase({ at: 'link', link })
      else onBlocked()
    } catch (thrown) {
      endWithNotice('bad', errorMessage(thrown))
    }
  }
  const submitLink = async (publicToken: string, metadata: PlaidLinkOnSuccessMetadata) => {
    setPhase({ at: 'handing' })
    try {
      await confirmLink(publicToken, metadata)
      reportSuccess(metadata)
      setPhase(IDLE)
      onDone()
    } catch (thrown) {
      setPhase({
        at: 'unfinished',
        message: errorMessage(thrown),
        retry: () => void submitLink(publicToken, metadata)
      })
    }
  }
  const onExit = (error: PlaidLinkError | null, metadata: PlaidLinkOnExitMetadata) => {
    reportExit(error, metadata)
    const nothing = counterparty ? 'Nothing was changed.' : 'No bank was linked.'
    const message = exitMessage(text, error, metadata.institution?.name, nothing)
    endWithNotice(error ? 'bad' : 'info', message)
    // The verification may have completed in the Link window.
    if (counterparty) onDone()
  }
  return {
    phase,
    openLink,
    submitLink,
    onExit,
    reset: () => setPhase(IDLE),
    onBlocked
  }
}

const PHASE_LABELS: Partial<Record<Phase['at'], TextKey<'transfers'>>> = {
  preparing: 'Opening Plaid',
  link: 'Opening Plaid',
  handing: 'Confirming with Jiko',
  unfinished: 'Try again'
}

/** Opens Link on behalf of Jiko: accounts linked there become counterparties. */
export function LinkCounterparty({
  label,
  variant = 'primary',
  counterparty,
  about = counterparty?.name,
  onDone
}: Props) {
  const { phase, openLink, submitLink, onExit, reset, onBlocked } = useLinkCounterparty(
    counterparty,
    onDone
  )
  const text = useText('transfers')
  const busy = phase.at === 'preparing' || phase.at === 'link' || phase.at === 'handing'
  const phaseLabel = PHASE_LABELS[phase.at]
  const buttonLabel = phaseLabel ? text(phaseLabel) : label
  return (
    <div>
      {phase.at === 'idle' && phase.notice && (
        <Notice tone={phase.notice.tone} live className="mb-3">
          {phase.notice.text}
        </Notice>
      )}
      {phase.at === 'unfinished' && (
        <Notice tone="bad" live className="mb-3" title={text('Your bank was not linked yet')}>
          {phase.message}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          variant={variant}
          busy={busy}
          onClick={() => (phase.at === 'unfinished' ? phase.retry() : void openLink())}
        >
          {buttonLabel}
          {about && <span className="sr-only">: {about}</span>}
        </Button>
        {phase.at === 'unfinished' && (
          <Button variant="bare" onClick={reset}>
            {text('Start over')}
          </Button>
        )}
      </div>
      <p role="status" className="sr-only">
        {busy ? buttonLabel : ''}
      </p>
      {phase.at === 'link' && (
        <LinkWindow
          key={phase.link.linkToken}
          token={phase.link.linkToken}
          expiresAt={phase.link.expiresAt}
          onSuccess={(publicToken, metadata) => void submitLink(publicToken, metadata)}
          onExit={onExit}
          onOpen={() => {}}
          onBlocked={onBlocked}
        />
      )}
    </div>
  )
}

const counterpartyBody = (
  publicToken: string,
  { institution, accounts }: PlaidLinkOnSuccessMetadata
) => ({
  public_token: publicToken,
  institution_id: institution?.institution_id ?? null,
  accounts: accounts.map(({ id, name, mask }) => ({ id, name, mask }))
})
