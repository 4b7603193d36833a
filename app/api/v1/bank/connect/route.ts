import { route } from '@/app/_lib/route'
import { WireLinkToken } from '@/lib/api/responses'
import { ConnectQuery } from '@/lib/api/connections'
import { PangeaService } from '@/lib/services'

export const POST = route(
  { auth: 'user', limit: 'bank.connect', query: ConnectQuery, response: WireLinkToken },
  async ({ actor, query }) => PangeaService.connectBank(actor, query.kind)
)
