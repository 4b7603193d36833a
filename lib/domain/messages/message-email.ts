/** The e-mail of a message. It names no amount and no account number. */
import type { Message } from '@/lib/domain/messages/message'
import { emailGroupOf, messageLink, messageText } from '@/lib/domain/messages/message-rules'
import { brand } from '@/pangea.config'

/** @param lockUrl locks the user's transfers; null for a message that the user cannot dispute. */
export function messageEmail({
  kind,
  data,
  appUrl,
  lockUrl
}: Pick<Message, 'kind' | 'data'> & { appUrl: string; lockUrl: string | null }): {
  subject: string
  text: string
} {
  const { title, text } = messageText({ kind, data: oneLine(data) })
  const link = messageLink({ kind, overAt: null })
  const lines = [
    'Hello,',
    text,
    ...(link ? [`${link.label}: ${appUrl}${link.href}`] : []),
    ...(lockUrl
      ? [
          'If this was you, there is nothing to do.',
          `This wasn’t me: lock transfers and sign out everywhere (the page asks you before it does anything): ${lockUrl}`
        ]
      : []),
    `Your messages: ${appUrl}/messages`,
    emailGroupOf(kind)
      ? `Turn these e-mails off in Settings: ${appUrl}/settings`
      : 'We always send e-mails about the safety of your money. They cannot be switched off.',
    brand.name
  ]
  return { subject: title, text: `${lines.join('\n\n')}\n` }
}

/** Names of banks and browsers come from vendors and browsers: they stay within one line. */
const oneLine = (data: Message['data']): Message['data'] =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(/\s+/g, ' ').trim().slice(0, 80) : value
    ])
  )
