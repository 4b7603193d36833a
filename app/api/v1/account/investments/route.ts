import { route } from '@/app/_lib/route'
import { serializeInvestments } from '@/app/_lib/serializers/account'
import { InvestmentsResponse } from '@/lib/api/bank-account'
import { PangeaService } from '@/lib/services'

export const GET = route(
  { auth: 'user', limit: 'account.read', response: InvestmentsResponse },
  async ({ actor }) => serializeInvestments(await PangeaService.getInvestments(actor))
)
