'use client'

import { type ReactNode, useState } from 'react'
import useSWR from 'swr'
import type { Page, WireAccount, WireConnection } from '@/lib/api/answers'
import { change, messageOf } from '../api'
import { Amount } from '../money/amount'
import { Button } from '../ui/button'
import { Card } from '../ui/card'
import { When } from '../ui/when'
import { BankLogo } from './bank-logo'
import { stateOf } from './connection-state'
import { StateLabel } from './state-label'

type Props = { connections: Page<WireConnection>; accounts: Page<WireAccount>; empty: ReactNode; more: ReactNode }

/** Every linked bank with its state, its accounts and when it was last heard from. */
export function ConnectionList({ connections, accounts, empty, more }: Props) {
  const { data: page = connections } = useSWR<Page<WireConnection>>('/api/v1/connections', { fallbackData: connections })
  const { data: accountPage = accounts } = useSWR<Page<WireAccount>>('/api/v1/accounts', { fallbackData: accounts })
  if (page.items.length === 0) return empty
  return (
    <>
      <ul className="space-y-4">
        {page.items.map((connection) => (
          <li key={connection.id}>
            <ConnectionCard connection={connection} accounts={accountPage.items.filter(({ connectionId }) => connectionId === connection.id)} />
          </li>
        ))}
      </ul>
      <div className="mt-8">{more}</div>
    </>
  )
}

function ConnectionCard({ connection, accounts }: { connection: WireConnection; accounts: WireAccount[] }) {
  const state = stateOf(connection)
  return (
    <Card labelledBy={`connection-${connection.id}`}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3 px-5 pt-5">
        <BankLogo institution={connection.institution} />
        <div className="min-w-0 flex-1">
          <h2 id={`connection-${connection.id}`} className="font-semibold text-lg leading-7">
            {connection.institution.name}
          </h2>
          <StateLabel state={state} />
        </div>
        <CheckNow id={connection.id} bank={connection.institution.name} />
      </div>
      {state.detail && <p className="px-5 pt-3 text-[0.9375rem] text-muted leading-6">{state.detail}</p>}
      <dl className="flex flex-wrap gap-x-10 gap-y-2 px-5 py-4 text-sm">
        <Fact label="Newest data from the bank">{connection.bankDataAt ? <When at={connection.bankDataAt} /> : 'Not yet'}</Fact>
        <Fact label="Last checked">{connection.lastSyncedAt ? <When at={connection.lastSyncedAt} /> : 'Not yet'}</Fact>
      </dl>
      <ul className="divide-y divide-line border-line border-t">
        {accounts.map((account) => (
          <li key={account.id} className="flex justify-between gap-4 px-5 py-3">
            <span className="min-w-0 truncate">
              {account.name}
              {account.mask && <span className="text-muted"> •••• {account.mask}</span>}
            </span>
            <Amount money={account.current} className="font-medium" />
          </li>
        ))}
      </ul>
    </Card>
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

function CheckNow({ id, bank }: { id: string; bank: string }) {
  const [busy, setBusy] = useState(false)
  const [message, setMessage] = useState('')
  const check = async () => {
    setBusy(true)
    try {
      await change(`/api/v1/connections/${id}/sync`, {})
      setMessage('Checking. New transactions appear by themselves.')
    } catch (thrown) {
      setMessage(messageOf(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="flex flex-col items-end gap-1">
      <Button look="quiet" busy={busy} onClick={() => void check()}>
        Check now<span className="sr-only">: {bank}</span>
      </Button>
      <p role="status" className="max-w-60 text-right text-muted text-sm empty:hidden">
        {message}
      </p>
    </div>
  )
}
