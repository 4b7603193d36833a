import { route } from '@/app/_lib/route'
import { SetAccessTokenInput } from '@/lib/api/connections'
import { LinkResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    auth: 'user',
    limit: 'bank.exchange',
    body: SetAccessTokenInput,
    response: LinkResponse,
    enqueues: true
  },
  async ({ actor, body }) => PangeaService.linkBank(actor, body)
)
