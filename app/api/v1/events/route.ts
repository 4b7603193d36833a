import { createEventStream } from '@/app/_lib/event-stream'
import { route } from '@/app/_lib/route'

export const GET = route(
  {
    summary: 'A stream of the user’s changes, as server-sent events.',
    auth: 'user',
    limit: 'events.stream',
    response: ['text/event-stream']
  },
  async ({ actor, request }) => createEventStream(actor, request)
)
