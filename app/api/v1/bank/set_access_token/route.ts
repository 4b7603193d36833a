import { route } from '@/app/_lib/route'
import { WireLinked } from '@/lib/api/answers'
import { SetAccessTokenInput } from '@/lib/api/bank'
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
