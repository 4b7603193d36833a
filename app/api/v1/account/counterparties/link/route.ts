import { route } from '@/app/_lib/route'
import { FundingLinkInput, FundingLinkResponse } from '@/lib/api/transfers'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Open Link to add a bank for transfers.',
    replay: 'again',
    auth: 'user',
    stepUp: '10m',
    limit: 'funding.link',
    body: FundingLinkInput,
    errors: ['not_found'],
    response: FundingLinkResponse
  },
  async ({ actor, body }) => PangeaService.createFundingLink(actor, body)
)
