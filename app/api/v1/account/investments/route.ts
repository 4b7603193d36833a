import { route } from '@/app/_lib/route'
import { toWireInvestments } from '@/app/_lib/serializers/account'
import { InvestmentsResponse } from '@/lib/api/bank-account'
import { PangeaService } from '@/lib/services'

export const GET = route({ auth: 'user', response: InvestmentsResponse }, async ({ actor }) =>
  toWireInvestments(await PangeaService.getInvestments(actor))
)
