'use client'

import { Fragment, type ReactNode, useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { CategoryField } from '@/components/transactions/edit/category-field'
import {
  changedFields,
  type FormValues,
  toFormValues
} from '@/components/transactions/edit/edit-values'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { Checkbox, TextInput } from '@/components/ui/forms/text-input'
import { useSubmit } from '@/components/ui/forms/use-submit'
import type { TransactionResponse } from '@/lib/api/responses'
import type { TransactionDetailResponse } from '@/lib/api/transaction-edits'
import { UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import { categoryLabel } from '@/lib/domain/transactions/category-labels'
import type { EditableField, TransactionEdit } from '@/lib/domain/transactions/edits'

export type OptimisticEdit = (id: string, change: TransactionEdit) => () => void

type Props = {
  row: TransactionResponse
  detail: TransactionDetailResponse
  tags: readonly string[]
  /** Applies the change optimistically; returns a function that reverts it. */
  onChange: OptimisticEdit
  onSaved: (detail: TransactionDetailResponse) => void
  onCancel: () => void
}

/**
 * Edit form of one transaction. Sends only changed fields, so that another tab's change is not
 * lost.
 */
export function EditForm({ row, detail, tags: suggestions, onChange, onSaved, onCancel }: Props) {
  const text = useText('transactions')
  const initialValues = toFormValues(row, detail.own)
  const [values, setValues] = useState(initialValues)
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    const edit = changedFields(initialValues, values)
    if (Object.keys(edit).length === 0) return onCancel()
    const rollback = onChange(row.id, edit)
    try {
      onSaved(
        await apiSend<TransactionDetailResponse>(`/api/v1/transactions/${row.id}`, edit, 'PATCH')
      )
    } catch (thrown) {
      rollback()
      throw thrown
    }
  })
  return (
    <form onSubmit={submit} noValidate className="space-y-5 px-5 py-5 sm:px-6">
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <EditInputs
        row={row}
        detail={detail}
        suggestions={suggestions}
        values={values}
        errors={errors}
        update={(more) => setValues((now) => ({ ...now, ...more }))}
      />
      <FormButtons
        busy={busy}
        labels={[text('Save'), text('Saving')]}
        onCancel={onCancel}
        className="pt-1"
      />
    </form>
  )
}

type InputProps = Pick<Props, 'row' | 'detail'> & {
  values: FormValues
  errors: ReturnType<typeof useSubmit>['errors']
  update: (more: Partial<FormValues>) => void
}

function EditInputs({ suggestions, ...props }: InputProps & { suggestions: readonly string[] }) {
  const { row, detail, values, errors, update } = props
  const text = useText('transactions')
  const inputs: Record<EditableField, ReactNode> = {
    category: <CategoryInput {...props} />,
    merchant: (
      <TextInput
        name="merchant"
        label={text('Name')}
        value={values.merchant}
        onChange={(merchant) => update({ merchant })}
        placeholder={detail.rule.merchant ?? detail.bank.merchant ?? row.name}
        error={errors.merchant}
      />
    ),
    note: (
      <TextInput
        name="note"
        label={text('Note')}
        value={values.note}
        onChange={(note) => update({ note })}
        lines={3}
        error={errors.note}
      />
    ),
    tags: <TagsInput {...props} suggestions={suggestions} />,
    excluded: (
      <Checkbox
        checked={values.excluded}
        onChange={(excluded) => update({ excluded })}
        label={text('Exclude from totals')}
        hint={text('The transaction stays in this list but is excluded from income and spending.')}
      />
    )
  }
  return Object.entries(inputs).map(([field, input]) => <Fragment key={field}>{input}</Fragment>)
}

function CategoryInput({ row, detail: { rule, bank }, values, errors, update }: InputProps) {
  const text = useText('transactions')
  const category = categoryLabel(rule.category ?? bank.category ?? UNCATEGORIZED, text)
  return (
    <CategoryField
      name="category"
      label={text('Category')}
      value={values.category}
      onChange={(chosen) => update({ category: chosen })}
      emptyLabel={
        rule.category
          ? text('{category} (your rule)', { category })
          : text('{category} (from your bank)', { category })
      }
      error={errors.category}
      hint={row.part ? text('Each part of a split keeps its own category.') : undefined}
    />
  )
}

function TagsInput({
  values,
  errors,
  update,
  suggestions
}: InputProps & { suggestions: readonly string[] }) {
  const text = useText('transactions')
  return (
    <TextInput
      name="tags"
      label={text('Tags')}
      value={values.tags}
      onChange={(tags) => update({ tags })}
      placeholder={text('trip, Lisbon')}
      error={Object.entries(errors).find(([name]) => name.startsWith('tags'))?.[1]}
      hint={text('Separate them with commas.')}
      suggestions={suggestions}
    />
  )
}
