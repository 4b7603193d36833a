import { route } from '@/app/_lib/route'
import { WireOnboarded } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

export const POST = route(
  { auth: 'user', limit: 'bank.connect', response: WireOnboarded },
  async ({ actor }) => PangeaService.onboardUser(actor, { withLinkToken: true })
)
