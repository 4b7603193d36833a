'use client'

import { Fragment, type ReactNode, useState } from 'react'
import { useText } from '#text'
import { randomUuid } from '@/components/lib/uuid'
import { CategoryField, parseTags } from '@/components/transactions/edit/category-field'
import { Dialog } from '@/components/ui/dialog'
import { SelectField } from '@/components/ui/forms/choice-fields'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { TextInput } from '@/components/ui/forms/text-input'
import { useSubmit } from '@/components/ui/forms/use-submit'
import type { TextKey } from '@/lib/domain/text/text'
import type { EditValues, FieldsWith, TransactionEdit } from '@/lib/domain/transactions/edits'

type BulkField = FieldsWith<'inBulk'>
type Props = {
  selectionLabel: string
  tags: readonly string[]
  onClose: () => void
  onApply: (id: string, change: TransactionEdit) => Promise<void>
}

const TOTALS_OPTIONS: { value: string; label: TextKey<'transactions'> }[] = [
  { value: 'out', label: 'Exclude from totals' },
  { value: 'in', label: 'Include' }
]
const EMPTY = { category: '', merchant: '', addTags: '', removeTags: '', numbers: '' }

/** Columns without a value stay as they are. */
function toChange(values: typeof EMPTY): TransactionEdit {
  const columns: { [F in BulkField]: EditValues[F] | undefined } = {
    category: values.category || undefined,
    merchant: values.merchant.trim() ? values.merchant : undefined,
    excluded: values.numbers ? values.numbers === 'out' : undefined
  }
  const tags = {
    addTags: values.addTags.trim() ? parseTags(values.addTags) : undefined,
    removeTags: values.removeTags.trim() ? parseTags(values.removeTags) : undefined
  }
  return Object.fromEntries(
    Object.entries({ ...columns, ...tags }).filter(([, value]) => value !== undefined)
  )
}

/** A bulk edit of the selected transactions. */
export function BulkDialog({ selectionLabel, tags, onClose, onApply }: Props) {
  // One id per submission, also for retries, so that it can be undone as one change.
  const [id] = useState(randomUuid)
  const [values, setValues] = useState(EMPTY)
  const text = useText('transactions')
  const change = toChange(values)
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    if (Object.keys(change).length > 0) await onApply(id, change)
    onClose()
  })
  return (
    <Dialog title={text('Edit: {selection}', { selection: selectionLabel })} onClose={onClose}>
      <form onSubmit={submit} noValidate className="mt-4 space-y-4">
        <ErrorSummary errors={{}} failure={failure ?? Object.values(errors)[0]} attempt={attempt} />
        <BulkInputs
          tags={tags}
          values={values}
          errors={errors}
          update={(more) => setValues((now) => ({ ...now, ...more }))}
        />
        <FormButtons
          busy={busy}
          labels={[text('Apply changes'), text('Applying')]}
          onCancel={onClose}
          className="pt-2"
        />
      </form>
    </Dialog>
  )
}

type InputProps = {
  tags: readonly string[]
  values: typeof EMPTY
  errors: ReturnType<typeof useSubmit>['errors']
  update: (more: Partial<typeof EMPTY>) => void
}

const errorOf = (errors: InputProps['errors'], field: string) =>
  Object.entries(errors).find(([path]) => path.startsWith(`change.${field}`))?.[1]

function BulkInputs(props: InputProps) {
  const { values, errors, update } = props
  const text = useText('transactions')
  const inputs: Record<BulkField | 'tags', ReactNode> = {
    category: (
      <CategoryField
        name="bulk-category"
        label={text('Category')}
        value={values.category}
        onChange={(category) => update({ category })}
        emptyLabel={text('No change')}
      />
    ),
    merchant: (
      <TextInput
        name="bulk-merchant"
        label={text('Name')}
        value={values.merchant}
        onChange={(merchant) => update({ merchant })}
        placeholder={text('No change')}
        error={errorOf(errors, 'merchant')}
      />
    ),
    tags: <TagsInputs {...props} />,
    excluded: (
      <SelectField
        name="bulk-numbers"
        label={text('In totals')}
        placeholder={text('No change')}
        options={TOTALS_OPTIONS.map(({ value, label }) => ({ value, label: text(label) }))}
        value={values.numbers}
        onChange={(numbers) => update({ numbers })}
      />
    )
  }
  return Object.entries(inputs).map(([field, input]) => <Fragment key={field}>{input}</Fragment>)
}

function TagsInputs({ tags, values, errors, update }: InputProps) {
  const text = useText('transactions')
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextInput
        name="bulk-add"
        label={text('Add tags')}
        value={values.addTags}
        onChange={(addTags) => update({ addTags })}
        suggestions={tags}
        error={errorOf(errors, 'addTags')}
      />
      <TextInput
        name="bulk-remove"
        label={text('Remove tags')}
        value={values.removeTags}
        onChange={(removeTags) => update({ removeTags })}
        suggestions={tags}
      />
    </div>
  )
}
