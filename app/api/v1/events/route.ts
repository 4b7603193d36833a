import { route } from '@/app/_lib/route'
import { streamChanges } from './stream'

export const GET = route(
  { auth: 'user', response: ['text/event-stream'] },
  async ({ actor, request }) => streamChanges(actor, request)
)
