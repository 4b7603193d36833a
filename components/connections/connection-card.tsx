'use client'

import { useText } from '#text'
import { AccountItem, HiddenAccounts } from '@/components/connections/account-item'
import { BankLogo } from '@/components/connections/bank-logo'
import { connectionStatus, productLabels } from '@/components/connections/connection-status'
import { Disconnect } from '@/components/connections/disconnect'
import { RelinkBank } from '@/components/connections/link/relink-bank'
import { SandboxActions } from '@/components/connections/sandbox-actions'
import { StatusLabel } from '@/components/connections/status-label'
import { SyncButton } from '@/components/connections/sync-button'
import { ButtonLink, type Variant } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DateTime, useFormatting } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import type { ConnectionResponse, LinkedAccountResponse } from '@/lib/api/responses'
import type { TextKey } from '@/lib/domain/text/text'

type Props = {
  connection: ConnectionResponse
  accounts: LinkedAccountResponse[]
  sandboxActions: boolean
}

/** One connection: status, actions, last update and accounts. */
export function ConnectionCard({ connection, accounts, sandboxActions }: Props) {
  const text = useText('connections')
  const state = connectionStatus(connection, text, useFormatting().date)
  const { id, institution } = connection
  return (
    <Card labelledBy={`connection-${id}`}>
      <div className="flex items-start gap-x-4 px-5 pt-5">
        <BankLogo institution={institution} />
        <div className="min-w-0 flex-1">
          <h2 id={`connection-${id}`} className="font-semibold text-lg leading-7">
            {institution.name}
          </h2>
          <StatusLabel state={state} />
        </div>
      </div>
      {state.detail && (
        <Notice tone={state.tone === 'good' ? 'info' : state.tone} className="mx-5 mt-4">
          <p>{state.detail}</p>
          {state.todo && <p className="mt-1 font-medium">{state.todo}</p>}
        </Notice>
      )}
      <QuarantineNotice connection={connection} />
      <UpdateOffer connection={connection} />
      <Actions connection={connection} />
      <dl className="flex flex-wrap gap-x-10 gap-y-2 px-5 py-4 text-sm">
        <Detail label={text('Bank data as of')} at={connection.bankDataAt} />
        <Detail label={text('Last checked')} at={connection.lastSyncedAt} />
      </dl>
      <ul className="divide-y divide-line border-line border-t">
        {accounts
          .filter(({ hidden }) => !hidden)
          .map((account) => (
            <AccountItem key={account.id} account={account} />
          ))}
      </ul>
      <HiddenAccounts accounts={accounts.filter(({ hidden }) => hidden)} />
      {sandboxActions && !connection.leaving && <SandboxActions id={id} bank={institution.name} />}
    </Card>
  )
}

/** Primary recovery action first. Keys keep an open Link window mounted when the order changes. */
function Actions({ connection }: { connection: ConnectionResponse }) {
  const text = useText('connections')
  const { id, institution, acts, leaving } = connection
  const { label, ...relink } = relinkButtonProps(connection)
  const syncButton = acts.includes('check') && (
    <SyncButton key="check" id={id} bank={institution.name} />
  )
  const relinkButton = !leaving && (
    <RelinkBank
      key="relink"
      connectionId={id}
      bank={institution.name}
      label={text(label)}
      {...relink}
    />
  )
  return (
    <div className="flex flex-wrap items-center gap-2 px-5 pt-4">
      {acts[0] === 'relink' ? [relinkButton, syncButton] : [syncButton, relinkButton]}
      {acts[0] === 'replace' && <ButtonLink href="#add-bank">{text('Link it again')}</ButtonLink>}
      <Disconnect connection={connection} />
    </div>
  )
}

/**
 * The button for Plaid's update mode, labeled by its current purpose. Stays mounted while Link is
 * open.
 */
function relinkButtonProps({ acts, newAccounts, missingProducts }: ConnectionResponse): {
  label: TextKey<'connections'>
  variant: Variant
  offered: boolean
} {
  const offered = acts.includes('relink')
  if (acts[0] === 'relink') return { label: 'Sign in again', variant: 'primary', offered }
  if (newAccounts) return { label: 'Choose accounts', variant: 'quiet', offered }
  return missingProducts.length > 0
    ? { label: 'Review and allow', variant: 'quiet', offered }
    : { label: 'Add or remove accounts', variant: 'bare', offered }
}

/** Quarantined rows: excluded from all totals, retried later. */
function QuarantineNotice({
  connection: { quarantined, institution, acts }
}: {
  connection: ConnectionResponse
}) {
  const text = useText('connections')
  const count = quarantined
  if (count === 0) return null
  const reason = text(
    '{count, plural, one {{bank} sent it in a format that we can’t read yet, so it is missing from your totals.} other {{bank} sent them in a format that we can’t read yet, so they are missing from your totals.}}',
    { count, bank: institution.name }
  )
  const retry = acts.includes('check')
    ? text(
        '{count, plural, one {We keep it and try again after each update of {brand}, and when you check now.} other {We keep them and try again after each update of {brand}, and when you check now.}}',
        { count }
      )
    : text(
        '{count, plural, one {We keep it and try again after each update of {brand}.} other {We keep them and try again after each update of {brand}.}}',
        { count }
      )
  return (
    <Notice
      tone="warn"
      className="mx-5 mt-4"
      title={text(
        '{count, plural, one {One entry couldn’t be read} other {# entries couldn’t be read}}',
        { count }
      )}
    >
      {`${reason} ${retry}`}
    </Notice>
  )
}

/** Optional actions: new accounts and additional consent. */
function UpdateOffer({
  connection: { acts, newAccounts, missingProducts }
}: {
  connection: ConnectionResponse
}) {
  const text = useText('connections')
  if (acts[0] !== 'check' || !acts.includes('relink')) return null
  if (newAccounts)
    return (
      <Notice tone="info" className="mx-5 mt-4" title={text('There are new accounts at this bank')}>
        {text('Choose the ones you want to see here.')}
      </Notice>
    )
  if (missingProducts.length === 0) return null
  return (
    <Notice tone="info" className="mx-5 mt-4" title={text('{brand} can show more from this bank')}>
      {text('With your consent it also reads {products}.', {
        products: productLabels(missingProducts, text)
      })}
    </Notice>
  )
}

function Detail({ label, at }: { label: string; at: string | null }) {
  const text = useText('connections')
  return (
    <div>
      <dt className="text-muted">{label}</dt>
      <dd>{at ? <DateTime at={at} /> : text('Not yet')}</dd>
    </div>
  )
}
