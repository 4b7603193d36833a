'use client'

import { useState } from 'react'
import type {
  PlaidLinkError,
  PlaidLinkOnExitMetadata,
  PlaidLinkOnSuccessMetadata
} from 'react-plaid-link'
import type { FundingLinkResponse } from '@/lib/api/transfers'
import { change, messageOf } from '@/components/lib/api'
import { reportExit, reportSuccess } from '@/components/connections/link/link-api'
import { LinkWindow } from '@/components/connections/link/link-window'
import { BLOCKED, exitMessage } from '@/components/connections/link/link-labels'
import { loadLinkScript } from '@/components/connections/link/load-link-script'
import { Button, type Look } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

type Phase =
  | { at: 'idle'; notice: { tone: 'info' | 'bad'; text: string } | null }
  | { at: 'preparing' }
  | { at: 'link'; link: FundingLinkResponse }
  | { at: 'handing' }
  | { at: 'unfinished'; message: string; retry: () => void }

type Props = {
  label: string
  look?: Look
  /** A bank that is linked and waits for the code of its small deposit. */
  bank?: { id: string; name: string }
  onDone: () => void
}

const PATH = '/api/v1/account/counterparties'

/** Plaid's window once more, opened by the bank that holds the account: what is linked in it, that bank may move money from and to. */
export function LinkFunding({ label, look = 'primary', bank, onDone }: Props) {
  const [phase, setPhase] = useState<Phase>({ at: 'idle', notice: null })
  const stop = (tone: 'info' | 'bad', text: string) =>
    setPhase({ at: 'idle', notice: { tone, text } })

  const enter = async () => {
    setPhase({ at: 'preparing' })
    try {
      const link = await change<FundingLinkResponse>(`${PATH}/link`, bank ? { bank: bank.id } : {})
      const loaded = await loadLinkScript(link.linkScriptUrl).then(
        () => true,
        () => false
      )
      if (loaded) setPhase({ at: 'link', link })
      else stop('bad', BLOCKED)
    } catch (thrown) {
      stop('bad', messageOf(thrown))
    }
  }
  const handOver = async (publicToken: string, metadata: PlaidLinkOnSuccessMetadata) => {
    setPhase({ at: 'handing' })
    try {
      if (bank) await change(`${PATH}/${bank.id}/verify`, {})
      else await change(PATH, handedOver(publicToken, metadata))
      reportSuccess(metadata)
      setPhase({ at: 'idle', notice: null })
      onDone()
    } catch (thrown) {
      setPhase({
        at: 'unfinished',
        message: messageOf(thrown),
        retry: () => void handOver(publicToken, metadata)
      })
    }
  }
  const onExit = (error: PlaidLinkError | null, metadata: PlaidLinkOnExitMetadata) => {
    reportExit(error, metadata)
    stop(
      error ? 'bad' : 'info',
      exitMessage(
        error,
        metadata.institution?.name ?? 'Your bank',
        bank ? 'Nothing was changed.' : 'No bank was linked.'
      )
    )
    // A proof may have ended in there.
    if (bank) onDone()
  }

  const busy = phase.at === 'preparing' || phase.at === 'link' || phase.at === 'handing'
  const words =
    phase.at === 'handing'
      ? 'Telling Jiko'
      : busy
        ? 'Opening Plaid'
        : phase.at === 'unfinished'
          ? 'Try again'
          : label
  return (
    <div>
      {phase.at === 'idle' && phase.notice && (
        <Notice tone={phase.notice.tone} live className="mb-3">
          {phase.notice.text}
        </Notice>
      )}
      {phase.at === 'unfinished' && (
        <Notice tone="bad" live className="mb-3" title="Your bank was not linked yet">
          {phase.message}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          look={look}
          busy={busy}
          onClick={() => (phase.at === 'unfinished' ? phase.retry() : void enter())}
        >
          {words}
          {bank && <span className="sr-only">: {bank.name}</span>}
        </Button>
        {phase.at === 'unfinished' && (
          <Button look="bare" onClick={() => setPhase({ at: 'idle', notice: null })}>
            Start over
          </Button>
        )}
      </div>
      <p role="status" className="sr-only">
        {busy ? words : ''}
      </p>
      {phase.at === 'link' && (
        <LinkWindow
          key={phase.link.linkToken}
          token={phase.link.linkToken}
          expiresAt={phase.link.expiresAt}
          onSuccess={(publicToken, metadata) => void handOver(publicToken, metadata)}
          onExit={onExit}
          onOpen={() => {}}
          onBlocked={() => stop('bad', BLOCKED)}
        />
      )}
    </div>
  )
}

const handedOver = (
  publicToken: string,
  { institution, accounts }: PlaidLinkOnSuccessMetadata
) => ({
  public_token: publicToken,
  institution_id: institution?.institution_id ?? null,
  accounts: accounts.map(({ id, name, mask }) => ({ id, name, mask }))
})
