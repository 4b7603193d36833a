'use client'

import { useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { Button } from '@/components/ui/button'

/** Webhook codes that Plaid's sandbox can send. */
const WEBHOOK_CODES = [
  'SYNC_UPDATES_AVAILABLE',
  'DEFAULT_UPDATE',
  'NEW_ACCOUNTS_AVAILABLE',
  'LOGIN_REPAIRED',
  'PENDING_DISCONNECT',
  'PENDING_EXPIRATION',
  'USER_PERMISSION_REVOKED',
  'USER_ACCOUNT_REVOKED',
  'RECURRING_TRANSACTIONS_UPDATE'
]

/**
 * Sandbox actions, to reach every state of a connection. Rendered only when Plaid is in sandbox
 * mode.
 */
export function SandboxActions({ id, bank }: { id: string; bank: string }) {
  const [code, setCode] = useState(WEBHOOK_CODES[0] ?? '')
  const [doneMessage, setDone] = useState('')
  const text = useText('connections')
  const { busy, failure, mutate } = useMutation(
    async (action: { kind: string; code?: string }, said: string) => {
      setDone('')
      await apiSend(`/api/v1/connections/${id}/sandbox-actions`, action)
      setDone(said)
    }
  )
  const breakLogin = () =>
    mutate({ kind: 'reset_login' }, text('The login is broken now. Plaid tells us by webhook.'))
  const createTransactions = () =>
    mutate({ kind: 'create_transactions' }, text('Three payments are on their way.'))
  const sendWebhook = () =>
    mutate({ kind: 'fire_webhook', code }, text('{webhook} was sent.', { webhook: code }))
  return (
    <details className="border-line border-t px-5 py-3 text-sm">
      <summary className="w-fit cursor-pointer rounded-control py-1.5 text-muted hover:text-ink">
        {text('Plaid Sandbox: change this connection')}
        <span className="sr-only">: {bank}</span>
      </summary>
      <p className="mt-1 text-muted">
        {text('For trying things out. Real banks have no such buttons.')}
      </p>
      <div className="mt-3 flex flex-wrap items-end gap-2 pb-2">
        <Button variant="quiet" busy={busy} onClick={() => void breakLogin()}>
          {text('Break the login')}
        </Button>
        <Button variant="quiet" busy={busy} onClick={() => void createTransactions()}>
          {text('Make transactions')}
        </Button>
        <WebhookCodeSelect code={code} onChange={setCode} />
        <Button variant="quiet" busy={busy} onClick={() => void sendWebhook()}>
          {text('Send')}
        </Button>
      </div>
      <p role="status" className="pb-1 text-muted empty:hidden">
        {failure || doneMessage}
      </p>
    </details>
  )
}

function WebhookCodeSelect({ code, onChange }: { code: string; onChange: (code: string) => void }) {
  const text = useText('connections')
  return (
    <label className="block min-w-0 flex-1 basis-60">
      <span className="mb-1 block text-muted">{text('Webhook')}</span>
      <select
        value={code}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-11 w-full rounded-control border border-line-strong/60 bg-surface px-3 font-mono text-[0.8125rem]"
      >
        {WEBHOOK_CODES.map((known) => (
          <option key={known}>{known}</option>
        ))}
      </select>
    </label>
  )
}
