import { route } from '@/app/_lib/route'
import { ReadMessagesInput } from '@/lib/api/messages'
import { DataService } from '@/lib/services'

export const POST = route(
  {
    summary: 'Mark messages as read.',
    auth: 'user',
    limit: 'me.change',
    body: ReadMessagesInput,
    response: null
  },
  async ({ actor, body }) => DataService.readMessages(actor, body)
)
