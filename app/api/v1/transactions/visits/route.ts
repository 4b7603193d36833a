import { route } from '@/app/_lib/route'
import { DataService } from '@/lib/services'

export const POST = route({ auth: 'user', response: null }, async ({ actor }) =>
  DataService.recordLastSeen(actor)
)
