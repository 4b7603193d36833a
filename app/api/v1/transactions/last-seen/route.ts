import { route } from '@/app/_lib/route'
import { DataService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Record that the user has seen the newest transactions.',
    auth: 'user',
    limit: 'me.change',
    response: null
  },
  async ({ actor }) => DataService.recordLastSeen(actor)
)
