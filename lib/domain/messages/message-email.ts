/** The e-mail of a message. It names no amount and no account, and cannot be switched off. */
import { type Message, messageText } from '@/lib/domain/messages/message'
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
  const lines = [
    'Hello,',
    text,
    ...(lockUrl
      ? [
          'If this was you, there is nothing to do.',
          `This wasn’t me: lock transfers and sign out everywhere (the page asks you before it does anything): ${lockUrl}`
        ]
      : []),
    `Your messages: ${appUrl}/messages`,
    'We always send e-mails about the safety of your money. They cannot be switched off.',
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
