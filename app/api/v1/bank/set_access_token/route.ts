import { route } from '@/app/_lib/route'
import { SetAccessTokenInput } from '@/lib/api/connections'
import { LinkResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Exchange Link’s public token and connect the bank.',
    auth: 'user',
    limit: 'bank.exchange',
    body: SetAccessTokenInput,
    errors: ['not_found'],
    response: LinkResponse,
    enqueues: true
  },
  async ({ actor, body }) => PangeaService.linkBank(actor, body)
)
