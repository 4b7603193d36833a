import { route } from '@/app/_lib/route'
import { ById } from '@/lib/api/params'
import { BulkEditResponse } from '@/lib/api/transaction-edits'
import { DataService } from '@/lib/services'

/** Undoes a bulk change, except where a newer change replaced it. */
export const DELETE = route(
  {
    summary: 'Undo an edit of several transactions.',
    auth: 'user',
    limit: 'transactions.bulk',
    params: ById,
    response: BulkEditResponse
  },
  async ({ actor, params }) => ({
    id: params.id,
    changed: await DataService.undoEdit(actor, params.id)
  })
)
