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
    const { testPage, ...agreements } = await PangeaService.getAgreements(actor)
    const path = '/api/v1/application/agreements/esign-check'
    return {
      ...agreements,
      testPage: testPage === null ? null : `${path}?page=${encodeURIComponent(testPage)}`
    }
  }
)

export const POST = route(
  {
    summary: 'Accept the agreements, one consent for each group.',
    auth: 'user',
    limit: 'application.consent',
    body: AgreementsInput,
    errors: ['agreements_changed', 'not_found'],
    response: WireApplication
  },
  async ({ actor, body }) => PangeaService.recordConsent(actor, body)
)
