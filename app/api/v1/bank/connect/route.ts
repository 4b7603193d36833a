import { route } from '@/app/_lib/route'
import { ConnectQuery } from '@/lib/api/connections'
import { LinkTokenResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  { auth: 'user', limit: 'bank.connect', query: ConnectQuery, response: LinkTokenResponse },
  async ({ actor, query }) => PangeaService.connectBank(actor, query.kind)
)
