import { route } from '@/app/_lib/route'
import { WireLinked } from '@/lib/api/responses'
import { SetAccessTokenInput } from '@/lib/api/connections'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    auth: 'user',
    limit: 'bank.exchange',
    body: SetAccessTokenInput,
    response: WireLinked,
    enqueues: true
  },
  async ({ actor, body }) => PangeaService.linkBank(actor, body)
)
