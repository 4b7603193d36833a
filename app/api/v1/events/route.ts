import { createEventStream } from '@/app/_lib/event-stream'
import { route } from '@/app/_lib/route'

export const GET = route(
  { auth: 'user', response: ['text/event-stream'] },
  async ({ actor, request }) => createEventStream(actor, request)
)
