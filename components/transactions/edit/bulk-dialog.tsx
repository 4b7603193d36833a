'use client'

import { useState } from 'react'
import type { TransactionEdit } from '@/lib/domain/transactions/edits'
import { SelectField } from '@/components/ui/forms/choice-fields'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { SayField } from '@/components/ui/forms/text-input'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { newId } from '@/components/lib/uuid'
import { Dialog } from '@/components/ui/dialog'
import { CategoryField, toTags } from '@/components/transactions/edit/category-field'

type Props = {
  words: string
  tags: readonly string[]
  onClose: () => void
  onApply: (id: string, change: TransactionEdit) => Promise<void>
}

const NUMBERS = [
  { value: 'out', label: 'Leave out of all numbers' },
  { value: 'in', label: 'Count' }
]
const EMPTY = { category: '', merchant: '', addTags: '', removeTags: '', numbers: '' }

/** One change for all that is selected. */
export function BulkDialog({ words, tags, onClose, onApply }: Props) {
  // One id for one press of the button, however often it is sent: so that it can be taken back as one.
  const [id] = useState(newId)
  const [said, setSaid] = useState(EMPTY)
  const say = (more: Partial<typeof EMPTY>) => setSaid((now) => ({ ...now, ...more }))
  const change: TransactionEdit = {
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
  const errorOf = (field: string) =>
    Object.entries(errors).find(([path]) => path.startsWith(`change.${field}`))?.[1]
  return (
    <Dialog title={`Edit: ${words}`} onClose={onClose}>
      <form onSubmit={submit} noValidate className="mt-4 space-y-4">
        <ErrorSummary errors={{}} failure={failure ?? Object.values(errors)[0]} attempt={attempt} />
        <CategoryField
          name="bulk-category"
          label="Category"
          value={said.category}
          onChange={(category) => say({ category })}
          none="Leave as it is"
        />
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
          <SayField
            name="bulk-remove"
            label="Remove tags"
            value={said.removeTags}
            onChange={(removeTags) => say({ removeTags })}
            suggestions={tags}
          />
        </div>
        <SelectField
          name="bulk-numbers"
          label="In the numbers"
          empty="Leave as it is"
          options={NUMBERS}
          value={said.numbers}
          onChange={(numbers) => say({ numbers })}
        />
        <FormButtons
          busy={busy}
          says={['Change them', 'Changing']}
          onCancel={onClose}
          className="pt-2"
        />
      </form>
    </Dialog>
  )
}
