'use client'

import Link from 'next/link'
import useSWR from 'swr'
import type { PageResponse, ConnectionResponse } from '@/lib/api/responses'
import { isTrouble, stateOf } from '@/components/connections/connection-status'
import { Notice } from '@/components/ui/notice'
import { useWriting } from '@/components/ui/formatting'

/** More of them would push everything else off a phone's screen. */
const MOST = 2
const LINK = 'inline-block min-h-6 font-medium text-accent underline underline-offset-2'

/** Banks that need attention, at the top of what they make incomplete. Nothing where all is well. */
export function ConnectionHealth({ connections }: { connections: PageResponse<ConnectionResponse> }) {
  const { data = connections } = useSWR<PageResponse<ConnectionResponse>>('/api/v1/connections', {
    fallbackData: connections
  })
  const troubled = data.items.filter(isTrouble)
  return (
    <div role="status" className="space-y-3 empty:hidden">
      {troubled.length > MOST ? (
        <Several connections={troubled} />
      ) : (
        troubled.map((connection) => <One key={connection.id} connection={connection} />)
      )}
    </div>
  )
}

function One({ connection }: { connection: ConnectionResponse }) {
  const { tone, label, detail, todo } = stateOf(connection, useWriting().date)
  const { id, institution, acts, status } = connection
  return (
    <Notice
      tone={tone === 'bad' ? 'bad' : 'warn'}
      title={`${institution.name}: ${label.toLowerCase()}`}
      action={
        <Link href={`/connections#${id}`} className={LINK}>
          <span>
            {acts.includes('check') && status === 'error' ? 'See this bank' : 'Sign in again'}
          </span>
          <span className="sr-only">: {institution.name}</span>
        </Link>
      }
    >
      {detail} {todo}
    </Notice>
  )
}

function Several({ connections }: { connections: ConnectionResponse[] }) {
  const write = useWriting().date
  const states = connections.map((connection) => ({ connection, ...stateOf(connection, write) }))
  return (
    <Notice
      tone={states.some(({ tone }) => tone === 'bad') ? 'bad' : 'warn'}
      title={`${connections.length} of your banks need a look`}
    >
      <ul className="mt-1 space-y-0.5">
        {states.map(({ connection: { id, institution }, label }) => (
          <li key={id}>
            <Link href={`/connections#${id}`} className={LINK}>
              {institution.name}
            </Link>
            : {label.toLowerCase()}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
