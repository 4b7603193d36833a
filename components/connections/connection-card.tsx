'use client'

import type { ReactNode } from 'react'
import type { LinkedAccountResponse, ConnectionResponse } from '@/lib/api/responses'
import { RelinkBank } from '@/components/connections/link/relink-bank'
import { ButtonLink, type Look } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { When } from '@/components/ui/date-time'
import { useWriting } from '@/components/ui/formatting'
import { AccountLine, HiddenAccounts } from '@/components/connections/account-item'
import { BankLogo } from '@/components/connections/bank-logo'
import { CheckNow } from '@/components/connections/sync-button'
import { productWords, stateOf } from '@/components/connections/connection-status'
import { Disconnect } from '@/components/connections/disconnect'
import { StateLabel } from '@/components/connections/status-label'
import { TestDoors } from '@/components/connections/sandbox-actions'

type Props = { connection: ConnectionResponse; accounts: LinkedAccountResponse[]; testDoors: boolean }

/** One bank: how it is, what there is to do, when it was heard from, and its accounts. */
export function ConnectionCard({ connection, accounts, testDoors }: Props) {
  const state = stateOf(connection, useWriting().date)
  const { id, institution, acts } = connection
  // What mends it stands first. Keys keep an open window open while the two change places.
  const check = acts.includes('check') && <CheckNow key="check" id={id} bank={institution.name} />
  const relink = !connection.leaving && (
    <RelinkBank
      key="relink"
      connectionId={id}
      bank={institution.name}
      {...relinkButton(connection)}
    />
  )
  return (
    <Card labelledBy={`connection-${id}`}>
      <div className="flex items-start gap-x-4 px-5 pt-5">
        <BankLogo institution={institution} />
        <div className="min-w-0 flex-1">
          <h2 id={`connection-${id}`} className="font-semibold text-lg leading-7">
            {institution.name}
          </h2>
          <StateLabel state={state} />
        </div>
      </div>
      {state.detail && (
        <Notice tone={state.tone === 'good' ? 'info' : state.tone} className="mx-5 mt-4">
          <p>{state.detail}</p>
          {state.todo && <p className="mt-1 font-medium">{state.todo}</p>}
        </Notice>
      )}
      <Quarantined connection={connection} />
      <Offer connection={connection} />
      <div className="flex flex-wrap items-center gap-2 px-5 pt-4">
        {acts[0] === 'relink' ? [relink, check] : [check, relink]}
        {acts[0] === 'replace' && <ButtonLink href="#add-bank">Link it again</ButtonLink>}
        <Disconnect connection={connection} />
      </div>
      <dl className="flex flex-wrap gap-x-10 gap-y-2 px-5 py-4 text-sm">
        <Fact label="Bank data as of">
          {connection.bankDataAt ? <When at={connection.bankDataAt} /> : 'Not yet'}
        </Fact>
        <Fact label="Last checked">
          {connection.lastSyncedAt ? <When at={connection.lastSyncedAt} /> : 'Not yet'}
        </Fact>
      </dl>
      <ul className="divide-y divide-line border-line border-t">
        {accounts
          .filter(({ hidden }) => !hidden)
          .map((account) => (
            <AccountLine key={account.id} account={account} />
          ))}
      </ul>
      <HiddenAccounts accounts={accounts.filter(({ hidden }) => hidden)} />
      {testDoors && !connection.leaving && <TestDoors id={id} bank={institution.name} />}
    </Card>
  )
}

/** One button for all that update mode does, named by what it is for now. It stays while the state changes under an open window. */
function relinkButton({ acts, newAccounts, missingProducts }: ConnectionResponse): {
  label: string
  look: Look
  offered: boolean
} {
  const offered = acts.includes('relink')
  if (acts[0] === 'relink') return { label: 'Sign in again', look: 'primary', offered }
  if (newAccounts) return { label: 'Choose accounts', look: 'quiet', offered }
  return missingProducts.length > 0
    ? { label: 'Review and allow', look: 'quiet', offered }
    : { label: 'Add or remove accounts', look: 'bare', offered }
}

/** Rows that are in no number, and what happens with them. */
function Quarantined({
  connection: { quarantined, institution, acts }
}: {
  connection: ConnectionResponse
}) {
  if (quarantined === 0) return null
  const one = quarantined === 1
  return (
    <Notice
      tone="warn"
      className="mx-5 mt-4"
      title={one ? 'One entry couldn’t be read' : `${quarantined} entries couldn’t be read`}
    >
      {institution.name} sent {one ? 'it' : 'them'} in a form that we don’t understand yet, so{' '}
      {one ? 'it is' : 'they are'} missing from your totals. We keep {one ? 'it' : 'them'} and try
      again after each update of Pangea{acts.includes('check') && ', and when you check now'}.
    </Notice>
  )
}

/** What the person may take up, and need not. */
function Offer({
  connection: { acts, newAccounts, missingProducts }
}: {
  connection: ConnectionResponse
}) {
  if (acts[0] !== 'check' || !acts.includes('relink')) return null
  if (newAccounts)
    return (
      <Notice tone="info" className="mx-5 mt-4" title="There are new accounts at this bank">
        Choose the ones you want to see here.
      </Notice>
    )
  if (missingProducts.length === 0) return null
  return (
    <Notice tone="info" className="mx-5 mt-4" title="Pangea can show more from this bank">
      With your consent it also reads {productWords(missingProducts)}.
    </Notice>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
