import { route } from '@/app/_lib/route'
import { LinkEventInput } from '@/lib/api/connections'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Report what happened in Link.',
    auth: 'user',
    limit: 'link.event',
    body: LinkEventInput,
    response: null
  },
  async ({ actor, body }) => PangeaService.recordLinkEvent(actor, body)
)
