import { route } from '@/app/_lib/route'
import { ById } from '@/lib/api/params'
import { HostedLinkProgressResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Ask how far a Link session on another device is, and connect its bank.',
    replay: 'again',
    auth: 'user',
    limit: 'bank.hosted',
    params: ById,
    response: HostedLinkProgressResponse,
    enqueues: true
  },
  async ({ actor, params }) => PangeaService.finishHostedLink(actor, params.id)
)
