import { route } from '@/app/_lib/route'
import { WirePortals } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Links to Jiko’s pages with the account’s numbers.',
    replay: 'again',
    auth: 'user',
    stepUp: '10m',
    limit: 'account.reveal',
    errors: ['not_found'],
    response: WirePortals
  },
  async ({ actor }) => ({
    portals: await PangeaService.revealAccountNumbers(actor)
  })
)
