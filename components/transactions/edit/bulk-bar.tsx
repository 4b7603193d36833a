'use client'

import { useRef, useState } from 'react'
import type { TransactionResponse } from '@/lib/api/responses'
import type { BulkEditResponse } from '@/lib/api/transaction-edits'
import type { TransactionEdit } from '@/lib/domain/transactions/edits'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import { messageOf, change as send } from '@/components/lib/api'
import { Button } from '@/components/ui/button'
import { useWriting } from '@/components/ui/formatting'
import { BulkDialog } from '@/components/transactions/edit/bulk-dialog'
import { changed } from '@/components/transactions/edit/optimistic-edit'
import { toChosen, type useSelection } from '@/components/transactions/edit/use-selection'

type Props = {
  selection: ReturnType<typeof useSelection>
  filter: TransactionFilter
  count: number | null
  tags: readonly string[]
  dialog: { open: boolean; set: (open: boolean) => void }
  onChange: (update: (row: TransactionResponse) => TransactionResponse) => () => void
}

/** What is selected and what can be done with it; afterwards what was done, and the way back. */
export function BulkBar({ selection, filter, count, tags, dialog, onChange }: Props) {
  const { selected, any, has, selectAll, clear } = selection
  const [done, setDone] = useState<{ id: string | null; text: string } | null>(null)
  const busy = useRef(false)
  const write = useWriting()
  const transactions = (of: number) => write.counted(of, 'transaction')
  const apply = async (id: string, edit: TransactionEdit) => {
    const takeBack = onChange((row) => (has(row.id) ? changed(row, edit) : row))
    try {
      const answer = await send<BulkEditResponse>('/api/v1/transactions/changes', {
        id,
        ...toChosen(selected, filter),
        change: edit
      })
      setDone({ id, text: `Changed ${transactions(answer.changed)}.` })
      clear()
    } catch (thrown) {
      takeBack()
      throw thrown
    }
  }
  const undo = async (id: string) => {
    if (busy.current) return
    busy.current = true
    try {
      const answer = await send<BulkEditResponse>(`/api/v1/transactions/changes/${id}`, {}, 'DELETE')
      setDone({ id: null, text: `Took it back for ${transactions(answer.changed)}.` })
    } catch (thrown) {
      setDone({ id, text: messageOf(thrown) })
    } finally {
      busy.current = false
    }
  }
  const words = wordsFor(selected, count, write)
  return (
    <>
      <div role="status" className="sr-only">
        {any ? words : (done?.text ?? '')}
      </div>
      {(any || done) && (
        <section
          aria-label="Selected transactions"
          className="sticky bottom-18 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-x-1 gap-y-1 max-sm:w-full rounded-card border border-line bg-raised py-2 pr-2 pl-5 shadow-[0_8px_40px_var(--shadow-far)] md:bottom-6 print:hidden"
        >
          <p className="mr-2 font-medium max-sm:w-full text-[0.9375rem] tabular-nums">
            {any ? words : done?.text}
          </p>
          {any && (
            <>
              {!selected.all && (
                <Button look="bare" className="px-3!" onClick={selectAll}>
                  {count === null ? 'Select everything' : `Select all ${write.count(count)}`}
                </Button>
              )}
              <Button onClick={() => dialog.set(true)}>Edit</Button>
              <Button look="bare" className="px-3!" onClick={clear}>
                Clear
              </Button>
            </>
          )}
          {!any && done && (
            <>
              {done.id && (
                <Button look="quiet" onClick={() => void undo(done.id ?? '')}>
                  Undo
                </Button>
              )}
              <Button look="bare" onClick={() => setDone(null)}>
                Dismiss
              </Button>
            </>
          )}
          {dialog.open && any && (
            <BulkDialog
              words={words}
              tags={tags}
              onClose={() => dialog.set(false)}
              onApply={apply}
            />
          )}
        </section>
      )}
    </>
  )
}

function wordsFor(
  { all, ids }: { all: boolean; ids: ReadonlySet<string> },
  count: number | null,
  write: ReturnType<typeof useWriting>
): string {
  if (!all) return `${write.counted(ids.size, 'transaction')} selected`
  if (count !== null)
    return `${write.counted(Math.max(0, count - ids.size), 'transaction')} selected`
  return ids.size > 0 ? `Everything but ${write.count(ids.size)} selected` : 'Everything selected'
}
