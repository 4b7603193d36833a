import { route } from '@/app/_lib/route'
import { WirePortals } from '@/lib/api/responses'
import { PangeaService } from '@/lib/services'

export const POST = route(
  { auth: 'user', stepUp: '10m', limit: 'account.reveal', response: WirePortals },
  async ({ actor }) => ({
    portals: await PangeaService.revealAccountNumbers(actor)
  })
)
