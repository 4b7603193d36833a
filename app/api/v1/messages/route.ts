import { route } from '@/app/_lib/route'
import { MessageResponse, MessagesQuery } from '@/lib/api/messages'
import { pageOf } from '@/lib/api/responses'
import type { Message } from '@/lib/domain/messages/message'
import { messageAmounts, messageLink, messageText } from '@/lib/domain/messages/message-rules'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Messages, newest first.',
    auth: 'user',
    limit: 'read',
    query: MessagesQuery,
    response: pageOf(MessageResponse)
  },
  async ({ actor, query }) => {
    const { items, next } = await DataService.listMessages(actor, query)
    return { items: items.map(serializeMessage), next }
  }
)

const serializeMessage = (message: Message): MessageResponse => ({
  id: message.id,
  kind: message.kind,
  ...messageText(message),
  amounts: messageAmounts(message.data).map(({ label, amount }) => ({
    label,
    amount: { minor: amount.minor.toString(), currency: amount.currency }
  })),
  link: messageLink(message),
  read: message.readAt !== null,
  over: message.overAt !== null,
  at: message.createdAt
})
