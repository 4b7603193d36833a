'use client'

import { useEffect, useRef, useState } from 'react'
import type { Change } from '@/lib/domain/edits'
import { ErrorSummary } from '../forms/error-summary'
import { CONTROL, fieldId } from '../forms/fields'
import { useSubmit } from '../forms/use-submit'
import { Button } from '../ui/button'
import { CategoryField, SayField, toTags } from './say-fields'

type Props = { open: boolean; words: string; tags: readonly string[]; onClose: () => void; onApply: (id: string, change: Change) => Promise<void> }

/** One change for all that is selected. */
export function BulkDialog({ open, words, tags, onClose, onApply }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      closedby="any"
      aria-labelledby="bulk-title"
      className="m-auto w-[min(30rem,calc(100vw-2rem))] rounded-card border border-line bg-raised p-6 text-ink shadow-xl backdrop:bg-black/45"
    >
      {open && <BulkForm words={words} tags={tags} onClose={onClose} onApply={onApply} />}
    </dialog>
  )
}

const EMPTY = { category: '', merchant: '', addTags: '', removeTags: '', numbers: '' }

function BulkForm({ words, tags, onClose, onApply }: Omit<Props, 'open'>) {
  // One id for one press of the button, however often it is sent: so that it can be taken back as one.
  const [id] = useState(() => crypto.randomUUID())
  const [said, setSaid] = useState(EMPTY)
  const say = (more: Partial<typeof EMPTY>) => setSaid((now) => ({ ...now, ...more }))
  const change: Change = {
    ...(said.category ? { category: said.category } : {}),
    ...(said.merchant.trim() ? { merchant: said.merchant } : {}),
    ...(said.addTags.trim() ? { addTags: toTags(said.addTags) } : {}),
    ...(said.removeTags.trim() ? { removeTags: toTags(said.removeTags) } : {}),
    ...(said.numbers ? { excluded: said.numbers === 'out' } : {})
  }
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    if (Object.keys(change).length > 0) await onApply(id, change)
    onClose()
  })
  const errorOf = (field: string) => Object.entries(errors).find(([path]) => path.startsWith(`change.${field}`))?.[1]
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      <h2 id="bulk-title" className="font-semibold text-xl tracking-[-0.01em]">
        {`Edit: ${words}`}
      </h2>
      <ErrorSummary errors={{}} failure={failure ?? Object.values(errors)[0]} attempt={attempt} />
      <CategoryField name="bulk-category" label="Category" value={said.category} onChange={(category) => say({ category })} none="Leave as it is" />
      <SayField
        name="bulk-merchant"
        label="Name"
        value={said.merchant}
        onChange={(merchant) => say({ merchant })}
        placeholder="Leave as it is"
        error={errorOf('merchant')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SayField
          name="bulk-add"
          label="Add tags"
          value={said.addTags}
          onChange={(addTags) => say({ addTags })}
          suggestions={tags}
          error={errorOf('addTags')}
        />
        <SayField name="bulk-remove" label="Remove tags" value={said.removeTags} onChange={(removeTags) => say({ removeTags })} suggestions={tags} />
      </div>
      <div>
        <label htmlFor={fieldId('bulk-numbers')} className="font-medium text-[0.9375rem]">
          In the numbers
        </label>
        <select
          id={fieldId('bulk-numbers')}
          value={said.numbers}
          onChange={(event) => say({ numbers: event.target.value })}
          className={`${CONTROL} mt-1.5 w-full border-line-strong`}
        >
          <option value="">Leave as it is</option>
          <option value="out">Leave out of all numbers</option>
          <option value="in">Count</option>
        </select>
      </div>
      <div className="flex flex-wrap justify-end gap-2 pt-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" busy={busy}>
          {busy ? 'Changing' : 'Change them'}
        </Button>
      </div>
    </form>
  )
}
