import { route } from '@/app/_lib/route'
import { WireLinkToken } from '@/lib/api/responses'
import { ById } from '@/lib/api/params'
import { PangeaService } from '@/lib/services'

export const POST = route(
  { auth: 'user', limit: 'bank.connect', params: ById, response: WireLinkToken },
  async ({ actor, params }) => PangeaService.relinkBank(actor, params.id)
)
