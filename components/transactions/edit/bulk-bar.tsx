'use client'

import { useRef, useState } from 'react'
import { useText } from '#text'
import { errorMessage, apiSend as send } from '@/components/lib/api'
import { BulkDialog } from '@/components/transactions/edit/bulk-dialog'
import { applyOptimisticEdit } from '@/components/transactions/edit/optimistic-edit'
import { toSelectionQuery, type useSelection } from '@/components/transactions/edit/use-selection'
import { Button } from '@/components/ui/button'
import { useFormatting } from '@/components/ui/formatting'
import type { TransactionResponse } from '@/lib/api/responses'
import type { BulkEditResponse } from '@/lib/api/transaction-edits'
import type { Text } from '@/lib/domain/text/text'
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
type Done = { id: string | null; message: string }

function useBulkChanges(
  { selected, has, clear }: Props['selection'],
  filter: TransactionFilter,
  onOptimisticEdit: Props['onOptimisticEdit']
) {
  const [done, setDone] = useState<Done | null>(null)
  const busy = useRef(false)
  const text = useText('transactions')
  const apply = async (id: string, edit: TransactionEdit) => {
    const rollback = onOptimisticEdit((row) => (has(row.id) ? applyOptimisticEdit(row, edit) : row))
    try {
      const { changed } = await send<BulkEditResponse>('/api/v1/transactions/changes', {
        id,
        ...toSelectionQuery(selected, filter),
        change: edit
      })
      const message = text(
        '{count, plural, one {Changed # transaction.} other {Changed # transactions.}}',
        { count: changed }
      )
      setDone({ id, message })
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
      const { changed } = await send<BulkEditResponse>(
        `/api/v1/transactions/changes/${id}`,
        {},
        'DELETE'
      )
      const message = text(
        '{count, plural, one {Undid the change to # transaction.} other {Undid the change to # transactions.}}',
        { count: changed }
      )
      setDone({ id: null, message })
    } catch (thrown) {
      setDone({ id, message: errorMessage(thrown) })
    } finally {
      busy.current = false
    }
  }
  return { done, setDone, apply, undo }
}

/** Actions for the selected transactions; afterwards the result and undo. */
export function BulkBar({ selection, filter, count, tags, dialog, onOptimisticEdit }: Props) {
  const { selected, any } = selection
  const { done, setDone, apply, undo } = useBulkChanges(selection, filter, onOptimisticEdit)
  const text = useText('transactions')
  const format = useFormatting()
  const label = selectionLabel(selected, count, { text, format })
  return (
    <>
      <div role="status" className="sr-only">
        {any ? label : (done?.message ?? '')}
      </div>
      {(any || done) && (
        <section
          aria-label={text('Selected transactions')}
          className="sticky bottom-18 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-x-1 gap-y-1 max-sm:w-full rounded-card border border-line bg-raised py-2 pr-2 pl-5 shadow-[0_8px_40px_var(--shadow-far)] md:bottom-6 print:hidden"
        >
          <p className="mr-2 font-medium max-sm:w-full text-[0.9375rem] tabular-nums">
            {any ? label : done?.message}
          </p>
          {any && (
            <SelectionActions selection={selection} count={count} onEdit={() => dialog.set(true)} />
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

type ActionsProps = Pick<Props, 'selection' | 'count'> & { onEdit: () => void }

function SelectionActions({
  selection: { selected, selectAll, clear },
  count,
  onEdit
}: ActionsProps) {
  const text = useText('transactions')
  const format = useFormatting()
  return (
    <>
      {!selected.all && (
        <Button variant="bare" className="px-3!" onClick={selectAll}>
          {count === null
            ? text('Select everything')
            : text('Select all {count}', { count: format.count(count) })}
        </Button>
      )}
      <Button onClick={onEdit}>{text('Edit')}</Button>
      <Button variant="bare" className="px-3!" onClick={clear}>
        {text('Clear')}
      </Button>
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
  const text = useText('transactions')
  return (
    <>
      {id && (
        <Button variant="quiet" onClick={() => void onUndo(id)}>
          {text('Undo')}
        </Button>
      )}
      <Button variant="bare" onClick={onDismiss}>
        {text('Dismiss')}
      </Button>
    </>
  )
}

function selectionLabel(
  { all, ids }: { all: boolean; ids: ReadonlySet<string> },
  matching: number | null,
  { text, format }: { text: Text<'transactions'>; format: ReturnType<typeof useFormatting> }
): string {
  if (all && matching === null)
    return ids.size > 0
      ? text('Everything but {count} selected', { count: format.count(ids.size) })
      : text('Everything selected')
  const count = all ? Math.max(0, (matching ?? 0) - ids.size) : ids.size
  return text('{count, plural, one {# transaction selected} other {# transactions selected}}', {
    count
  })
}
