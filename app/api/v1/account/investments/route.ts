import { route } from '@/app/_lib/route'
import { serializeInvestments } from '@/app/_lib/serializers/account'
import { InvestmentsResponse } from '@/lib/api/bank-account'
import { PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'How the balance is invested in Treasury bills.',
    auth: 'user',
    limit: 'account.read',
    errors: ['not_found'],
    response: InvestmentsResponse
  },
  async ({ actor }) => serializeInvestments(await PangeaService.getInvestments(actor))
)
