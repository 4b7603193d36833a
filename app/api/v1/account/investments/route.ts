import { route } from '@/app/_lib/route'
import { toWireInvestments } from '@/app/wire-account'
import { WireInvestments } from '@/lib/api/account'
import { PangeaService } from '@/lib/services'

export const GET = route({ auth: 'user', response: WireInvestments }, async ({ actor }) =>
  toWireInvestments(await PangeaService.getInvestments(actor))
)
