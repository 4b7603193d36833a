'use client'

import { useRef, useState } from 'react'
import { errorMessage, apiSend as send } from '@/components/lib/api'
import { BulkDialog } from '@/components/transactions/edit/bulk-dialog'
import { applyOptimisticEdit } from '@/components/transactions/edit/optimistic-edit'
import { toSelectionQuery, type useSelection } from '@/components/transactions/edit/use-selection'
import { Button } from '@/components/ui/button'
import { useFormatting } from '@/components/ui/formatting'
import type { TransactionResponse } from '@/lib/api/responses'
import type { BulkEditResponse } from '@/lib/api/transaction-edits'
import type { TransactionEdit } from '@/lib/domain/transactions/edits'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'

type Props = {
  selection: ReturnType<typeof useSelection>
  filter: TransactionFilter
  count: number | null
  tags: readonly string[]
  dialog: { open: boolean; set: (open: boolean) => void }
  onOptimisticEdit: (update: (row: TransactionResponse) => TransactionResponse) => () => void
}

/** The result of the last change; `id` is null after undoing it. */
type Done = { id: string | null; text: string }

function useBulkChanges(
  { selected, has, clear }: Props['selection'],
  filter: TransactionFilter,
  onOptimisticEdit: Props['onOptimisticEdit']
) {
  const [done, setDone] = useState<Done | null>(null)
  const busy = useRef(false)
  const format = useFormatting()
  const transactionCount = (of: number) => format.counted(of, 'transaction')
  const apply = async (id: string, edit: TransactionEdit) => {
    const rollback = onOptimisticEdit((row) => (has(row.id) ? applyOptimisticEdit(row, edit) : row))
    try {
      const response = await send<BulkEditResponse>('/api/v1/transactions/changes', {
        id,
        ...toSelectionQuery(selected, filter),
        change: edit
      })
      setDone({ id, text: `Changed ${transactionCount(response.changed)}.` })
      clear()
    } catch (thrown) {
      rollback()
      throw thrown
    }
  }
  const undo = async (id: string) => {
    if (busy.current) return
    busy.current = true
    try {
      const response = await send<BulkEditResponse>(
        `/api/v1/transactions/changes/${id}`,
        {},
        'DELETE'
      )
      setDone({ id: null, text: `Undid the change to ${transactionCount(response.changed)}.` })
    } catch (thrown) {
      setDone({ id, text: errorMessage(thrown) })
    } finally {
      busy.current = false
    }
  }
  return { done, setDone, apply, undo }
}

/** Actions for the selected transactions; afterwards the result and undo. */
export function BulkBar({ selection, filter, count, tags, dialog, onOptimisticEdit }: Props) {
  const { selected, any, selectAll, clear } = selection
  const { done, setDone, apply, undo } = useBulkChanges(selection, filter, onOptimisticEdit)
  const format = useFormatting()
  const label = selectionLabel(selected, count, format)
  return (
    <>
      <div role="status" className="sr-only">
        {any ? label : (done?.text ?? '')}
      </div>
      {(any || done) && (
        <section
          aria-label="Selected transactions"
          className="sticky bottom-18 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-x-1 gap-y-1 max-sm:w-full rounded-card border border-line bg-raised py-2 pr-2 pl-5 shadow-[0_8px_40px_var(--shadow-far)] md:bottom-6 print:hidden"
        >
          <p className="mr-2 font-medium max-sm:w-full text-[0.9375rem] tabular-nums">
            {any ? label : done?.text}
          </p>
          {any && (
            <>
              {!selected.all && (
                <Button variant="bare" className="px-3!" onClick={selectAll}>
                  {count === null ? 'Select everything' : `Select all ${format.count(count)}`}
                </Button>
              )}
              <Button onClick={() => dialog.set(true)}>Edit</Button>
              <Button variant="bare" className="px-3!" onClick={clear}>
                Clear
              </Button>
            </>
          )}
          {!any && done && <UndoChange done={done} onUndo={undo} onDismiss={() => setDone(null)} />}
          {dialog.open && any && (
            <BulkDialog
              selectionLabel={label}
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

function UndoChange({
  done: { id },
  onUndo,
  onDismiss
}: {
  done: Done
  onUndo: (id: string) => Promise<void>
  onDismiss: () => void
}) {
  return (
    <>
      {id && (
        <Button variant="quiet" onClick={() => void onUndo(id)}>
          Undo
        </Button>
      )}
      <Button variant="bare" onClick={onDismiss}>
        Dismiss
      </Button>
    </>
  )
}

function selectionLabel(
  { all, ids }: { all: boolean; ids: ReadonlySet<string> },
  count: number | null,
  format: ReturnType<typeof useFormatting>
): string {
  if (!all) return `${format.counted(ids.size, 'transaction')} selected`
  if (count !== null)
    return `${format.counted(Math.max(0, count - ids.size), 'transaction')} selected`
  return ids.size > 0 ? `Everything but ${format.count(ids.size)} selected` : 'Everything selected'
}
