import { route } from '@/app/_lib/route'
import { serializeCounterparty } from '@/app/_lib/serializers/transfers'
import { listOf } from '@/lib/api/responses'
import { CounterpartyResponse, FundingBankInput } from '@/lib/api/transfers'
import { DataService, PangeaService } from '@/lib/services'

const WireCounterparties = listOf(CounterpartyResponse)

export const GET = route(
  { auth: 'user', limit: 'read', response: WireCounterparties },
  async ({ actor }) => ({
    items: (await DataService.listCounterparties(actor)).map(serializeCounterparty)
  })
)

export const POST = route(
  {
    auth: 'user',
    stepUp: '10m',
    limit: 'funding.link',
    body: FundingBankInput,
    response: WireCounterparties
  },
  async ({ actor, body }) => ({
    items: (await PangeaService.linkFundingBank(actor, body)).map(serializeCounterparty)
  })
)
