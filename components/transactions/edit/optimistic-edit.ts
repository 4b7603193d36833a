import type { TransactionResponse } from '@/lib/api/responses'
import { UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import { fieldsWith, type ListValues, type TransactionEdit } from '@/lib/domain/transactions/edits'

const listChanges = (edit: TransactionEdit): Partial<ListValues> =>
  Object.fromEntries(
    fieldsWith('inList')
      .filter((field) => edit[field] !== undefined)
      .map((field) => [field, edit[field]])
  )

/**
 * Predicts a row after an edit; values that fall back to the bank's are left to the server. A split
 * part keeps its own category and note.
 */
export function applyOptimisticEdit(
  row: TransactionResponse,
  edit: TransactionEdit
): TransactionResponse {
  const { category, merchant, excluded, tags, addTags = [], removeTags = [] } = edit
  const remainingTags = tags ?? row.tags.filter((tag) => !removeTags.includes(tag))
  return {
    ...row,
    ...listChanges(edit),
    ...(row.part ? { note: row.note } : {}),
    ...(category && !row.part
      ? { category: category === UNCATEGORIZED ? null : category, categoryDetailed: null }
      : {}),
    ...(merchant ? { merchantName: merchant } : {}),
    ...(excluded ? { kind: 'excluded' } : {}),
    tags: [...new Set([...remainingTags, ...addTags])].toSorted()
  }
}
