import { route } from '@/app/_lib/route'
import { PrefillInput, PrefillResponse } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Suggest answers of the application from a linked bank.',
    replay: 'again',
    auth: 'user',
    limit: 'bank.exchange',
    body: PrefillInput,
    errors: ['not_found', 'conflict'],
    response: PrefillResponse
  },
  async ({ actor, body }) => PangeaService.prefillApplication(actor, body)
)
