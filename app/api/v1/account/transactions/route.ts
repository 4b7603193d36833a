import { route } from '@/app/_lib/route'
import { serializeBankTransaction } from '@/app/_lib/serializers/account'
import { BankAccountPageQuery, BankTransactionResponse } from '@/lib/api/bank-account'
import { pageOf } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Transactions of the Jiko account.',
    auth: 'user',
    limit: 'account.read',
    query: BankAccountPageQuery,
    errors: ['not_found'],
    response: pageOf(BankTransactionResponse)
  },
  async ({ actor, query }) => {
    const { items, next } = await PangeaService.listAccountTransactions(actor, query)
    return { items: items.map(serializeBankTransaction), next }
  }
)
