import { acceptedLanguage } from '@/app/_lib/errors/translate-message'
import { route } from '@/app/_lib/route'
import { ConnectQuery } from '@/lib/api/connections'
import { HostedLinkResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Create the address of a Link session on another device.',
    replay: 'again',
    auth: 'user',
    limit: 'bank.connect',
    query: ConnectQuery,
    errors: ['not_found'],
    response: HostedLinkResponse
  },
  async ({ actor, query, request }) =>
    PangeaService.startHostedLink(actor, query.kind, acceptedLanguage(request))
)
