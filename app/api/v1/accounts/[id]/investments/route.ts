import { route } from '@/app/_lib/route'
import { serializeInvestmentAccount } from '@/app/_lib/serializers/resources'
import { AccountInvestmentsResponse } from '@/lib/api/linked-accounts'
import { ById } from '@/lib/api/params'
import { DataService } from '@/lib/services'

const LATEST_COUNT = 200

export const GET = route(
  {
    summary: 'Holdings and transactions of an investment account.',
    auth: 'user',
    limit: 'read',
    params: ById,
    response: AccountInvestmentsResponse
  },
  async ({ actor, params }) =>
    serializeInvestmentAccount(
      await DataService.getAccountInvestments(actor, params.id, { limit: LATEST_COUNT })
    )
)
