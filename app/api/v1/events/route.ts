import { route } from '@/app/_lib/route'
import { createEventStream } from '@/app/_lib/event-stream'

export const GET = route(
  { auth: 'user', response: ['text/event-stream'] },
  async ({ actor, request }) => createEventStream(actor, request)
)
