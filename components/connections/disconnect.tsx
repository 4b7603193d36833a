'use client'

import { useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { useRefresh } from '@/components/lib/use-refresh'
import { useWithReverification } from '@/components/lib/use-reverification'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFooter } from '@/components/ui/dialog'
import type { ConnectionResponse, DisconnectResponse } from '@/lib/api/responses'
import type { TextKey } from '@/lib/domain/text/text'

type History = 'keep' | 'erase'
type Key = TextKey<'connections'>

const HISTORY_OPTIONS: { value: History; title: Key; detail: Key }[] = [
  {
    value: 'keep',
    title: 'Keep its history',
    detail:
      'Its transactions stay in your lists, but its accounts no longer count toward your net worth. Link the bank again at any time to continue.'
  },
  {
    value: 'erase',
    title: 'Erase its history',
    detail:
      'Its accounts and all of its transactions are deleted from {brand}. This cannot be undone.'
  }
]
const CONFIRM_LABELS: Record<History, Key> = {
  keep: 'Disconnect and keep',
  erase: 'Disconnect and erase'
}

function useDisconnect(id: string) {
  const [open, setOpen] = useState(false)
  const refresh = useRefresh()
  const [history, setHistory] = useState<History>('keep')
  const disconnect = useWithReverification((choice: History) =>
    apiSend<DisconnectResponse>(`/api/v1/connections/${id}`, { history: choice }, 'DELETE')
  )
  const { busy, failure, mutate } = useMutation(async () => {
    // Closed first: Clerk's reverification dialog must not be behind ours.
    if (history === 'erase') setOpen(false)
    try {
      await disconnect(history)
    } catch (thrown) {
      setOpen(true)
      throw thrown
    }
    setOpen(false)
    await refresh()
  })
  return { open, setOpen, history, setHistory, busy, failure, mutate }
}

/** Disconnects a bank after the user chose to keep or erase its history. */
export function Disconnect({
  connection: { id, institution, leaving }
}: {
  connection: Pick<ConnectionResponse, 'id' | 'institution' | 'leaving'>
}) {
  const { open, setOpen, history, setHistory, busy, failure, mutate } = useDisconnect(id)
  const text = useText('connections')
  return (
    <>
      <Button
        variant={leaving ? 'quiet' : 'bare'}
        className={leaving ? '' : '-mr-3 ml-auto text-danger hover:bg-danger-soft'}
        busy={busy && !open}
        onClick={() => setOpen(true)}
      >
        {text(leaving ? 'Try again now' : 'Disconnect')}
        <span className="sr-only">: {institution.name}</span>
      </Button>
      {open && (
        <Dialog
          title={text('Disconnect {bank}?', { bank: institution.name })}
          onClose={() => setOpen(false)}
        >
          <p className="mt-2 text-muted">
            {text(
              '{brand} stops reading {bank} and ends its access at Plaid. To see it here again, link it again.',
              { bank: institution.name }
            )}
          </p>
          <HistoryChoice name={`history-${id}`} value={history} onChange={setHistory} />
          <DialogFooter failure={failure} onCancel={() => setOpen(false)}>
            <Button
              className="bg-danger text-surface hover:bg-danger/90"
              busy={busy}
              onClick={() => void mutate()}
            >
              {text(busy ? 'Disconnecting' : CONFIRM_LABELS[history])}
            </Button>
          </DialogFooter>
        </Dialog>
      )}
    </>
  )
}

function HistoryChoice({
  name,
  value: chosen,
  onChange
}: {
  name: string
  value: History
  onChange: (history: History) => void
}) {
  const text = useText('connections')
  return (
    <fieldset className="mt-5 space-y-3">
      <legend className="mb-2 font-medium">{text('What should we do with its history?')}</legend>
      {HISTORY_OPTIONS.map(({ value, title, detail }) => (
        <label
          key={value}
          className="flex cursor-pointer gap-3 rounded-xl border border-line p-3.5 has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={chosen === value}
            onChange={() => onChange(value)}
            className="mt-1 size-4 shrink-0 accent-(--brand)"
          />
          <span>
            <span className="block font-medium">{text(title)}</span>
            <span className="block text-[0.9375rem] text-muted leading-6">{text(detail)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
