'use client'

import { useState } from 'react'
import type { TransactionResponse } from '@/lib/api/responses'
import type { TransactionDetailResponse } from '@/lib/api/transaction-edits'
import { categoryName, UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import type { TransactionEdit } from '@/lib/domain/transactions/edits'
import { change } from '@/components/lib/api'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { CheckField, SayField } from '@/components/ui/forms/text-input'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { CategoryField, toTags } from '@/components/transactions/edit/category-field'

export type OnChange = (id: string, change: TransactionEdit) => () => void

type Props = {
  row: TransactionResponse
  detail: TransactionDetailResponse
  tags: readonly string[]
  /** Shows the change at once; what it answers takes that back. */
  onChange: OnChange
  onSaved: (detail: TransactionDetailResponse) => void
  onCancel: () => void
}

/** What the person says about one transaction. Only what was touched is sent, so that another window's change is not lost. */
export function EditForm({
  row,
  detail: { own, rule, bank },
  tags: known,
  onChange,
  onSaved,
  onCancel
}: Props) {
  const before = {
    category: own.category ?? '',
    merchant: own.merchant ?? '',
    note: own.note ?? '',
    tags: row.tags.join(', '),
    excluded: row.kind === 'excluded'
  }
  const [said, setSaid] = useState(before)
  const say = (more: Partial<typeof before>) => setSaid((now) => ({ ...now, ...more }))
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    const edit = toChange(before, said)
    if (Object.keys(edit).length === 0) return onCancel()
    const takeBack = onChange(row.id, edit)
    try {
      onSaved(await change<TransactionDetailResponse>(`/api/v1/transactions/${row.id}`, edit, 'PATCH'))
    } catch (thrown) {
      takeBack()
      throw thrown
    }
  })
  const otherwise = rule.category ?? bank.category ?? UNCATEGORIZED
  return (
    <form onSubmit={submit} noValidate className="space-y-5 px-5 py-5 sm:px-6">
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <CategoryField
        name="category"
        label="Category"
        value={said.category}
        onChange={(category) => say({ category })}
        none={`${categoryName(otherwise)} (${rule.category ? 'your rule' : 'from your bank'})`}
        error={errors.category}
        hint={row.part ? 'Each part of a split keeps its own.' : undefined}
      />
      <SayField
        name="merchant"
        label="Name"
        value={said.merchant}
        onChange={(merchant) => say({ merchant })}
        placeholder={rule.merchant ?? bank.merchant ?? row.name}
        error={errors.merchant}
      />
      <SayField
        name="note"
        label="Note"
        value={said.note}
        onChange={(note) => say({ note })}
        lines={3}
        error={errors.note}
      />
      <SayField
        name="tags"
        label="Tags"
        value={said.tags}
        onChange={(tags) => say({ tags })}
        placeholder="trip, Lisbon"
        error={Object.entries(errors).find(([name]) => name.startsWith('tags'))?.[1]}
        hint="Separate them with commas."
        suggestions={known}
      />
      <CheckField
        checked={said.excluded}
        onChange={(excluded) => say({ excluded })}
        label="Leave out of all numbers"
        hint="It stays in this list and counts in no sum of income or spending."
      />
      <FormButtons busy={busy} says={['Save', 'Saving']} onCancel={onCancel} className="pt-1" />
    </form>
  )
}

type Said = { category: string; merchant: string; note: string; tags: string; excluded: boolean }

function toChange(before: Said, now: Said): TransactionEdit {
  return {
    ...(now.category === before.category ? {} : { category: now.category || null }),
    ...(now.merchant === before.merchant ? {} : { merchant: now.merchant || null }),
    ...(now.note === before.note ? {} : { note: now.note || null }),
    ...(now.tags === before.tags ? {} : { tags: toTags(now.tags) }),
    ...(now.excluded === before.excluded ? {} : { excluded: now.excluded })
  }
}
