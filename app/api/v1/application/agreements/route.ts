import { route } from '@/app/_lib/route'
import { AgreementsInput, WireApplication } from '@/lib/api/application'
import { AgreementsResponse } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const GET = route(
  { auth: 'user', limit: 'account.read', response: AgreementsResponse },
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
    auth: 'user',
    limit: 'application.agreements',
    body: AgreementsInput,
    response: WireApplication
  },
  async ({ actor, body }) => PangeaService.recordConsent(actor, body)
)
