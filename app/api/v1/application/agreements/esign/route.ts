import { route } from '@/app/_lib/route'
import { EsignConsentInput } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Agree to receive documents electronically, before the other agreements.',
    auth: 'user',
    limit: 'application.agreements',
    body: EsignConsentInput,
    errors: ['conflict'],
    response: null
  },
  async ({ actor, body }) => PangeaService.recordEsignConsent(actor, body)
)
