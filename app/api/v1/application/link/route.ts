import { route } from '@/app/_lib/route'
import { WireOnboarded } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Open Link for a user whose account is open.',
    replay: 'again',
    auth: 'user',
    limit: 'bank.connect',
    errors: ['phone_not_proven'],
    response: WireOnboarded
  },
  async ({ actor }) => PangeaService.onboardUser(actor, { withLinkToken: true })
)
