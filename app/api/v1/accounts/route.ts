import { route } from '@/app/_lib/route'
import { serializeAccount } from '@/app/_lib/serializers/resources'
import { LinkedAccountsQuery } from '@/lib/api/linked-accounts'
import { LinkedAccountResponse, pageOf } from '@/lib/api/responses'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Linked accounts with balances.',
    auth: 'user',
    limit: 'read',
    query: LinkedAccountsQuery,
    response: pageOf(LinkedAccountResponse)
  },
  async ({ actor, query }) => ({
    items: (await DataService.listAccounts(actor, { hidden: query.hidden === 'include' })).map(
      serializeAccount
    ),
    next: null
  })
)
