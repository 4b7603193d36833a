import { route } from '@/app/_lib/route'
import { ResumedLinkResponse } from '@/lib/api/responses'
import { LinkSessionInput } from '@/lib/api/connections'
import { PangeaService } from '@/lib/services'

export const POST = route(
  { auth: 'user', body: LinkSessionInput, response: ResumedLinkResponse.nullable() },
  async ({ actor, body }) => PangeaService.resumeLink(actor, body)
)
