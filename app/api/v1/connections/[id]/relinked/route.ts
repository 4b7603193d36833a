import { route } from '@/app/_lib/route'
import { LinkSessionInput } from '@/lib/api/connections'
import { ById } from '@/lib/api/params'
import { RelinkResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Finish a repaired connection after Link closed.',
    auth: 'user',
    limit: 'bank.exchange',
    params: ById,
    body: LinkSessionInput,
    response: RelinkResponse,
    enqueues: true
  },
  async ({ actor, params, body }) => PangeaService.confirmRelink(actor, params.id, body)
)
