'use client'

import Link from 'next/link'
import useSWR from 'swr'
import { useText } from '#text'
import { accountSummary, owedLabel } from '@/components/connections/account-labels'
import { BankLogo } from '@/components/connections/bank-logo'
import { connectionStatus } from '@/components/connections/connection-status'
import { LiabilityTerms } from '@/components/connections/liability-terms'
import { StatusLabel } from '@/components/connections/status-label'
import { useConnections } from '@/components/connections/use-connections'
import { Amount } from '@/components/ui/amount'
import { ButtonLink } from '@/components/ui/button'
import { Card, EmptyState } from '@/components/ui/card'
import { DateTime } from '@/components/ui/formatting'
import type { ConnectionResponse, LinkedAccountResponse, PageResponse } from '@/lib/api/responses'

type Props = {
  accounts: PageResponse<LinkedAccountResponse>
  connections: PageResponse<ConnectionResponse>
}

/** Balances by bank, each with its status and time. */
export function Balances({ accounts, connections }: Props) {
  const text = useText('connections')
  const { data: accountPage = accounts } = useSWR<PageResponse<LinkedAccountResponse>>(
    '/api/v1/accounts',
    {
      fallbackData: accounts
    }
  )
  const connectionPage = useConnections(connections)
  if (connectionPage.items.length === 0) {
    return (
      <Card>
        <EmptyState
          as="h3"
          title={text('No banks added yet')}
          action={<ButtonLink href="/connections">{text('Add a bank account')}</ButtonLink>}
        >
          {text('Add the banks you already have to see their balances and transactions here.')}
        </EmptyState>
      </Card>
    )
  }
  return (
    <ul className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2 lg:gap-6">
      {connectionPage.items.map((connection) => (
        <li key={connection.id} className="lg:only:col-span-2">
          <BankBalanceCard
            connection={connection}
            accounts={accountPage.items.filter(
              ({ connectionId }) => connectionId === connection.id
            )}
          />
        </li>
      ))}
    </ul>
  )
}

function BankBalanceCard({
  connection,
  accounts
}: {
  connection: ConnectionResponse
  accounts: LinkedAccountResponse[]
}) {
  const text = useText('connections')
  const asOf = accounts.find(({ balancesAt }) => balancesAt)?.balancesAt
  return (
    <Card labelledBy={`bank-${connection.id}`}>
      <div className="flex items-center gap-3 px-5 sm:px-6 pt-4 pb-3">
        <BankLogo institution={connection.institution} />
        <div className="min-w-0 flex-1">
          <h3 id={`bank-${connection.id}`} className="truncate font-medium">
            {connection.institution.name}
          </h3>
          <p className="text-muted text-sm">
            {asOf
              ? text.rich('As of <when></when>', { when: () => <DateTime key="when" at={asOf} /> })
              : text('No balances yet')}
          </p>
        </div>
        <StatusLabel state={connectionStatus(connection, text)} />
      </div>
      <ul className="divide-y divide-line border-line border-t">
        {accounts.map((account) => (
          <AccountBalance key={account.id} account={account} />
        ))}
      </ul>
    </Card>
  )
}

function AccountBalance({ account }: { account: LinkedAccountResponse }) {
  const text = useText('connections')
  return (
    <li>
      <Link
        href={`/transactions?account=${account.id}`}
        className="flex flex-wrap items-center justify-between gap-x-4 px-5 sm:px-6 py-3 hover:bg-sunken focus-visible:-outline-offset-3"
      >
        <span className="min-w-0 flex-1 basis-28">
          <span className="block truncate">{account.name}</span>
          <span className="block text-muted text-sm">{accountSummary(account, text)}</span>
          <LiabilityTerms liability={account.liability} />
        </span>
        <span className="ml-auto text-right">
          <Amount money={account.current} className="font-medium" />
          <span className="block text-muted text-sm empty:hidden">{owedLabel(account, text)}</span>
        </span>
      </Link>
    </li>
  )
}
