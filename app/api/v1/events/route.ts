import { route } from '@/app/_lib/route'
import { streamChanges } from '@/app/_lib/event-stream'

export const GET = route(
  { auth: 'user', response: ['text/event-stream'] },
  async ({ actor, request }) => streamChanges(actor, request)
)
