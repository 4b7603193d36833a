import { route } from '@/app/_lib/route'
import { FundingLinkInput, FundingLinkResponse } from '@/lib/api/transfers'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    auth: 'user',
    stepUp: '10m',
    limit: 'funding.link',
    body: FundingLinkInput,
    response: FundingLinkResponse
  },
  async ({ actor, body }) => PangeaService.createFundingLink(actor, body)
)
