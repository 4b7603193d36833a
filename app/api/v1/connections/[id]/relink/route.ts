import { acceptedLanguage } from '@/app/_lib/errors/translate-message'
import { route } from '@/app/_lib/route'
import { ById } from '@/lib/api/params'
import { LinkTokenResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Create a Link token to repair or extend a connection.',
    replay: 'again',
    auth: 'user',
    limit: 'bank.connect',
    params: ById,
    response: LinkTokenResponse
  },
  async ({ actor, params, request }) =>
    PangeaService.relinkBank(actor, params.id, acceptedLanguage(request))
)
