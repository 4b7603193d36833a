import { route } from '@/app/_lib/route'
import { serializeCounterparty } from '@/app/_lib/serializers/transfers'
import { ById } from '@/lib/api/params'
import { CounterpartyResponse } from '@/lib/api/transfers'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Check again whether a bank for transfers is verified.',
    auth: 'user',
    stepUp: '10m',
    limit: 'funding.link',
    params: ById,
    response: CounterpartyResponse
  },
  async ({ actor, params }) =>
    serializeCounterparty(await PangeaService.verifyFundingBank(actor, params.id))
)
