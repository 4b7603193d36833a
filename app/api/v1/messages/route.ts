import { acceptedLanguage } from '@/app/_lib/errors/translate-message'
import { route } from '@/app/_lib/route'
import { MessageResponse, MessagesQuery } from '@/lib/api/messages'
import { pageOf } from '@/lib/api/responses'
import type { Message } from '@/lib/domain/messages/message'
import type { MessageLink } from '@/lib/domain/messages/message-rule'
import { messageAmounts, messageLink, messageText } from '@/lib/domain/messages/message-rules'
import { textIn } from '@/lib/domain/text/catalogs'
import type { Text } from '@/lib/domain/text/text'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Messages, newest first.',
    auth: 'user',
    limit: 'read',
    query: MessagesQuery,
    response: pageOf(MessageResponse)
  },
  async ({ actor, query, request }) => {
    const text = textIn(acceptedLanguage(request), 'messages')
    const { items, next } = await DataService.listMessages(actor, query)
    return { items: items.map((message) => serializeMessage(message, text)), next }
  }
)

const serializeMessage = (message: Message, text: Text<'messages'>): MessageResponse => ({
  id: message.id,
  kind: message.kind,
  ...messageText(message, text),
  amounts: messageAmounts(message.data, text).map(({ label, amount }) => ({
    label,
    amount: { minor: amount.minor.toString(), currency: amount.currency }
  })),
  link: serializeLink(messageLink(message), text),
  read: message.readAt !== null,
  over: message.overAt !== null,
  at: message.createdAt
})

const serializeLink = (link: MessageLink | null, text: Text<'messages'>) =>
  link && { href: link.href, label: text(link.label) }
