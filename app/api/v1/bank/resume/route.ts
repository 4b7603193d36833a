import { route } from '@/app/_lib/route'
import { LinkSessionInput } from '@/lib/api/connections'
import { ResumedLinkResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    auth: 'user',
    limit: 'bank.resume',
    body: LinkSessionInput,
    response: ResumedLinkResponse.nullable()
  },
  async ({ actor, body }) => PangeaService.resumeLink(actor, body)
)
