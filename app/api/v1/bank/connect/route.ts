import { acceptedLanguage } from '@/app/_lib/errors/translate-message'
import { route } from '@/app/_lib/route'
import { ConnectQuery } from '@/lib/api/connections'
import { LinkTokenResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Create a Link token to connect a bank.',
    replay: 'again',
    auth: 'user',
    limit: 'bank.connect',
    query: ConnectQuery,
    errors: ['not_found'],
    response: LinkTokenResponse
  },
  async ({ actor, query, request }) =>
    PangeaService.connectBank(actor, query.kind, acceptedLanguage(request))
)
