import { route } from '@/app/_lib/route'
import { serializeCounterparty } from '@/app/_lib/serializers/transfers'
import { listOf } from '@/lib/api/responses'
import { CounterpartyResponse, FundingBankInput } from '@/lib/api/transfers'
import { DataService, PangeaService } from '@/lib/services'

const WireCounterparties = listOf(CounterpartyResponse)

export const GET = route(
  {
    summary: 'Banks that money can be moved from and to.',
    auth: 'user',
    limit: 'read',
    response: WireCounterparties
  },
  async ({ actor }) => ({
    items: (await DataService.listCounterparties(actor)).map(serializeCounterparty)
  })
)

export const POST = route(
  {
    summary: 'Add a bank for transfers after Jiko’s Link window closed.',
    auth: 'user',
    stepUp: '10m',
    limit: 'funding.link',
    body: FundingBankInput,
    errors: ['not_found', 'refused'],
    response: WireCounterparties
  },
  async ({ actor, body }) => ({
    items: (await PangeaService.linkFundingBank(actor, body)).map(serializeCounterparty)
  })
)
