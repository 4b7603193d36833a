import { route } from '@/app/_lib/route'
import { BulkEditInput, BulkEditResponse } from '@/lib/api/transaction-edits'
import { DataService } from '@/lib/services'

/** Changes many transactions at once. Idempotent per `id`. */
export const POST = route(
  {
    summary: 'Edit all transactions that match a filter.',
    auth: 'user',
    limit: 'transactions.bulk',
    body: BulkEditInput,
    errors: ['not_found'],
    response: BulkEditResponse
  },
  async ({ actor, body }) => {
    const { id, ids, filter = {}, except, change } = body
    return {
      id,
      changed: await DataService.saveEdit(actor, ids ? { ids } : { filter, except }, {
        change,
        changeId: id
      })
    }
  }
)
