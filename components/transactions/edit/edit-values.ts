/** The editable columns as form values: an empty text or an unchecked box where nothing is set. */
import { parseTags } from '@/components/transactions/edit/category-field'
import type { TransactionResponse } from '@/lib/api/responses'
import type { TransactionDetailResponse } from '@/lib/api/transaction-edits'
import {
  columnOf,
  EDITABLE_FIELDS,
  type EditableField,
  type EditValues,
  SINGLE_FIELDS,
  type SingleField,
  type TransactionEdit
} from '@/lib/domain/transactions/edits'

export type FormValues<F extends EditableField = EditableField> = {
  [K in F]: EditValues[K] extends boolean | null ? boolean : string
}

/** The user's own values. Tags and the exclusion are those of the row, which rules set too. */
export const toFormValues = (
  row: TransactionResponse,
  own: TransactionDetailResponse['own']
): FormValues => ({
  ...(Object.fromEntries(
    SINGLE_FIELDS.map((field) => [
      field,
      own[field] ?? (columnOf(field).kind === 'flag' ? false : '')
    ])
  ) as FormValues<SingleField>),
  excluded: row.kind === 'excluded',
  tags: row.tags.join(', ')
})

function toEditValue(field: EditableField, value: string | boolean) {
  if (columnOf(field).kind === 'tags') return parseTags(String(value))
  return value === '' ? null : value
}

/** The changed values as an edit: an emptied text becomes null, tags become a list. */
export const changedFields = (before: FormValues, now: FormValues): TransactionEdit =>
  Object.fromEntries(
    EDITABLE_FIELDS.filter((field) => now[field] !== before[field]).map((field) => [
      field,
      toEditValue(field, now[field])
    ])
  )
