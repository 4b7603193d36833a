'use client'

import Link from 'next/link'
import useSWR from 'swr'
import type { Page, WireConnection } from '@/lib/api/answers'
import { isTrouble, stateOf } from '../connections/connection-state'
import { Notice } from '../ui/notice'
import { useWriting } from '../writing'

/** Banks that need attention, at the top of what they make incomplete. Nothing where all is well. */
export function ConnectionHealth({ connections }: { connections: Page<WireConnection> }) {
  const { data = connections } = useSWR<Page<WireConnection>>('/api/v1/connections', { fallbackData: connections })
  const write = useWriting()
  const troubled = data.items.filter(isTrouble)
  return (
    <div role="status" className="space-y-3 empty:hidden">
      {troubled.map((connection) => {
        const { tone, label, detail, todo } = stateOf(connection, write.date)
        return (
          <Notice
            key={connection.id}
            tone={tone === 'bad' ? 'bad' : 'warn'}
            title={`${connection.institution.name}: ${label.toLowerCase()}`}
            action={
              <Link href={`/connections#${connection.id}`} className="font-medium text-accent underline underline-offset-2">
                {connection.acts.includes('check') && connection.status === 'error' ? 'See this bank' : 'Mend it'}
              </Link>
            }
          >
            {detail} {todo}
          </Notice>
        )
      })}
    </div>
  )
}
