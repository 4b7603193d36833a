import { route } from '@/app/_lib/route'
import { SubmitInput, WireOnboarded } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

/** Sends the application with the number that was just typed, and prepares Link if the account opens at once. */
export const POST = route(
  {
    auth: 'user',
    limit: 'application.submit',
    body: SubmitInput,
    response: WireOnboarded,
    enqueues: true
  },
  async ({ actor, body }) =>
    PangeaService.onboardUser(actor, { ssn: body.ssn, withLinkToken: true })
)
