import { route } from '@/app/_lib/route'
import { SubmitInput, WireOnboarded } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

/**
 * Submits the application with the Social Security number, and prepares Link if the account opens
 * at once.
 */
export const POST = route(
  {
    summary: 'Submit the application with the Social Security number, which goes to Jiko only.',
    replay: 'again',
    auth: 'user',
    limit: 'application.submit',
    body: SubmitInput,
    errors: ['agreements_changed', 'phone_not_proven', 'refused'],
    response: WireOnboarded,
    enqueues: true
  },
  async ({ actor, body }) =>
    PangeaService.onboardUser(actor, { ssn: body.ssn, withLinkToken: true })
)
