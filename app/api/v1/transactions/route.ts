import { route } from '@/app/_lib/route'
import { serializeTransaction } from '@/app/_lib/serializers/resources'
import { pageOf, TransactionResponse } from '@/lib/api/responses'
import { TransactionsQuery } from '@/lib/api/transactions'
import { DataService, PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Transactions that match a filter, newest first by default.',
    auth: 'user',
    limit: 'read',
    query: TransactionsQuery,
    response: pageOf(TransactionResponse)
  },
  async ({ actor, query }) => {
    PangeaService.requireRowQuota(actor, query.limit)
    const { items, next } = await DataService.listTransactions(actor, query)
    return { items: items.map(serializeTransaction), next }
  }
)
