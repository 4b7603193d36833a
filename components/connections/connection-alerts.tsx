'use client'

import Link from 'next/link'
import { useText } from '#text'
import { connectionStatus, needsAttention } from '@/components/connections/connection-status'
import { useConnections } from '@/components/connections/use-connections'
import { useFormatting } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import type { ConnectionResponse, PageResponse } from '@/lib/api/responses'

/** Maximum number of single alerts, so that they fit on a phone. */
const MAX_ALERTS = 2
const LINK_CLASS = 'inline-block min-h-6 font-medium text-accent underline underline-offset-2'

/** Banks that need attention. Renders nothing when all are fine. */
export function ConnectionAlerts({
  connections
}: {
  connections: PageResponse<ConnectionResponse>
}) {
  const failing = useConnections(connections).items.filter(needsAttention)
  return (
    <div role="status" className="space-y-3 empty:hidden">
      {failing.length > MAX_ALERTS ? (
        <CombinedAlert connections={failing} />
      ) : (
        failing.map((connection) => <SingleAlert key={connection.id} connection={connection} />)
      )}
    </div>
  )
}

function SingleAlert({ connection }: { connection: ConnectionResponse }) {
  const text = useText('connections')
  const { tone, label, detail, todo } = connectionStatus(connection, text, useFormatting().date)
  const { id, institution, acts, status } = connection
  return (
    <Notice
      tone={tone === 'bad' ? 'bad' : 'warn'}
      title={`${institution.name}: ${label.toLowerCase()}`}
      action={
        <Link href={`/connections#${id}`} className={LINK_CLASS}>
          <span>
            {text(acts.includes('check') && status === 'error' ? 'See this bank' : 'Sign in again')}
          </span>
          <span className="sr-only">: {institution.name}</span>
        </Link>
      }
    >
      {detail} {todo}
    </Notice>
  )
}

function CombinedAlert({ connections }: { connections: ConnectionResponse[] }) {
  const formatDate = useFormatting().date
  const text = useText('connections')
  const states = connections.map((connection) => ({
    connection,
    ...connectionStatus(connection, text, formatDate)
  }))
  return (
    <Notice
      tone={states.some(({ tone }) => tone === 'bad') ? 'bad' : 'warn'}
      title={text(
        '{count, plural, one {# of your banks needs attention} other {# of your banks need attention}}',
        { count: connections.length }
      )}
    >
      <ul className="mt-1 space-y-0.5">
        {states.map(({ connection: { id, institution }, label }) => (
          <li key={id}>
            <Link href={`/connections#${id}`} className={LINK_CLASS}>
              {institution.name}
            </Link>
            : {label.toLowerCase()}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
