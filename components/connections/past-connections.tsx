'use client'

import { useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { useRefresh } from '@/components/lib/use-refresh'
import { useWithReverification } from '@/components/lib/use-reverification'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DateTime } from '@/components/ui/formatting'
import type { PastConnectionResponse } from '@/lib/api/responses'

/** Disconnected banks whose history was kept and can be erased. */
export function PastConnections({ connections }: { connections: PastConnectionResponse[] }) {
  const text = useText('connections')
  if (connections.length === 0) return null
  return (
    <section aria-labelledby="past-connections" className="mt-10">
      <h2 id="past-connections" className="mb-3 font-semibold text-lg tracking-[-0.01em]">
        {text('Banks you disconnected')}
      </h2>
      <Card>
        <ul className="divide-y divide-line">
          {connections.map((connection) => (
            <PastConnection key={connection.id} connection={connection} />
          ))}
        </ul>
      </Card>
    </section>
  )
}

function PastConnection({
  connection: { id, institutionName, removedAt, transactions }
}: {
  connection: PastConnectionResponse
}) {
  const [isConfirming, setIsConfirming] = useState(false)
  const text = useText('connections')
  const refresh = useRefresh()
  const erase = useWithReverification(() =>
    apiSend(`/api/v1/connections/${id}`, { history: 'erase' }, 'DELETE')
  )
  const { busy, failure, mutate } = useMutation(async () => {
    await erase()
    await refresh()
  })
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 py-3.5">
      <div className="min-w-0">
        <p className="font-medium">{institutionName}</p>
        <p className="text-muted text-sm">
          {text.rich(
            '{count, plural, one {Disconnected <when></when> · # transaction kept} other {Disconnected <when></when> · # transactions kept}}',
            { count: transactions, when: () => <DateTime key="when" at={removedAt} /> }
          )}
        </p>
        <p role="status" className="text-danger text-sm empty:hidden">
          {failure}
        </p>
      </div>
      <Button
        variant="bare"
        className="text-danger hover:bg-danger-soft"
        busy={busy}
        onClick={() => (isConfirming ? void mutate() : setIsConfirming(true))}
      >
        {text(isConfirming ? 'Erase permanently' : 'Erase history')}
        <span className="sr-only">: {institutionName}</span>
      </Button>
    </li>
  )
}
