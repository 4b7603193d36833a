import { route } from '@/app/_lib/route'
import { WireApplication } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

export const POST = route(
  { auth: 'user', limit: 'application.phone', response: WireApplication },
  async ({ actor }) => PangeaService.confirmPhone(actor)
)
