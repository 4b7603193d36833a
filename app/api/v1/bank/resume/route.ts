import { route } from '@/app/_lib/route'
import { LinkSessionInput } from '@/lib/api/connections'
import { ResumedLinkResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Continue a Link session after the bank’s own page.',
    replay: 'again',
    auth: 'user',
    limit: 'bank.resume',
    body: LinkSessionInput,
    errors: ['not_found'],
    response: ResumedLinkResponse.nullable()
  },
  async ({ actor, body }) => PangeaService.resumeLink(actor, body)
)
