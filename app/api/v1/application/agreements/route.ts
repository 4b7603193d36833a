import { route } from '@/app/_lib/route'
import { AgreementsInput, WireApplication } from '@/lib/api/application'
import { AgreementsResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Jiko’s agreements to accept.',
    auth: 'user',
    limit: 'account.read',
    errors: ['conflict'],
    response: AgreementsResponse
  },
  async ({ actor }) => {
    const agreements = await PangeaService.getAgreements(actor)
    const page = PangeaService.createTestPageToken(actor, agreements.version)
    return {
      ...agreements,
      testPage: `/api/v1/application/agreements/esign-check?page=${encodeURIComponent(page)}`
    }
  }
)

export const POST = route(
  {
    summary: 'Accept the agreements.',
    auth: 'user',
    limit: 'application.agreements',
    body: AgreementsInput,
    errors: ['agreements_changed', 'not_found'],
    response: WireApplication
  },
  async ({ actor, body }) => PangeaService.recordConsent(actor, body)
)
