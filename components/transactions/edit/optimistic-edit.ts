import type { TransactionResponse } from '@/lib/api/responses'
import { UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import type { TransactionEdit } from '@/lib/domain/transactions/edits'

/**
 * Predicts a row after an edit; values that fall back to the bank's are left to the server. A split
 * part keeps its own category.
 */
export function applyOptimisticEdit(
  row: TransactionResponse,
  { category, merchant, note, excluded, tags, addTags = [], removeTags = [] }: TransactionEdit
): TransactionResponse {
  const remainingTags = tags ?? row.tags.filter((tag) => !removeTags.includes(tag))
  return {
    ...row,
    ...(category && !row.part
      ? { category: category === UNCATEGORIZED ? null : category, categoryDetailed: null }
      : {}),
    ...(merchant ? { merchantName: merchant } : {}),
    ...(note === undefined || row.part ? {} : { note }),
    ...(excluded ? { kind: 'excluded' } : {}),
    tags: [...new Set([...remainingTags, ...addTags])].toSorted()
  }
}
