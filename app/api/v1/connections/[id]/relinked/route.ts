import { route } from '@/app/_lib/route'
import { WireRelinked } from '@/lib/api/responses'
import { VisitInput } from '@/lib/api/connections'
import { ById } from '@/lib/api/params'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    auth: 'user',
    limit: 'bank.exchange',
    params: ById,
    body: VisitInput,
    response: WireRelinked,
    enqueues: true
  },
  async ({ actor, params, body }) => PangeaService.confirmRelink(actor, params.id, body)
)
