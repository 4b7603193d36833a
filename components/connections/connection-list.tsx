'use client'

import { type ReactNode, useState } from 'react'
import useSWR from 'swr'
import { ConnectionCard } from '@/components/connections/connection-card'
import { useConnections } from '@/components/connections/use-connections'
import type { ConnectionResponse, LinkedAccountResponse, PageResponse } from '@/lib/api/responses'

type Props = {
  connections: PageResponse<ConnectionResponse>
  accounts: PageResponse<LinkedAccountResponse>
  empty: ReactNode
  addAnother: ReactNode
  sandboxActions: boolean
}

/** Every connection with its status, accounts and last update. */
export function ConnectionList({
  connections,
  accounts,
  empty,
  addAnother,
  sandboxActions
}: Props) {
  const page = useConnections(connections)
  const { data: accountPage = accounts } = useSWR<PageResponse<LinkedAccountResponse>>(
    '/api/v1/accounts?hidden=include',
    { fallbackData: accounts }
  )
  // Stays mounted until the first sync is done, also after the bank is in the list.
  const [wasEmpty, setWasEmpty] = useState(page.items.length === 0)
  if (page.items.length === 0 && !wasEmpty) setWasEmpty(true)
  return (
    <div
      className={wasEmpty ? undefined : 'grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]'}
    >
      {wasEmpty && empty}
      <ul className={wasEmpty ? 'mt-8 space-y-4 empty:hidden' : 'space-y-4'}>
        {page.items.map((connection) => (
          <li key={connection.id} id={connection.id} className="scroll-mt-24">
            <ConnectionCard
              connection={connection}
              accounts={accountPage.items.filter(
                ({ connectionId }) => connectionId === connection.id
              )}
              sandboxActions={sandboxActions}
            />
          </li>
        ))}
      </ul>
      {!wasEmpty && addAnother}
    </div>
  )
}
