/** The e-mail of a message. It names no amount and no account number. */
import type { Message } from '@/lib/domain/messages/message'
import { emailGroupOf, messageLink, messageText } from '@/lib/domain/messages/message-rules'
import type { Text } from '@/lib/domain/text/text'
import { brand } from '@/pangea.config'

/** @param lockUrl locks the user's transfers; null for a message that the user cannot dispute. */
export function messageEmail(
  {
    kind,
    data,
    appUrl,
    lockUrl
  }: Pick<Message, 'kind' | 'data'> & { appUrl: string; lockUrl: string | null },
  text: Text<'messages'>
): {
  subject: string
  text: string
} {
  const said = messageText({ kind, data: oneLine(data) }, text)
  const link = messageLink({ kind, overAt: null })
  const lines = [
    text('Hello,'),
    said.text,
    ...(link ? [`${text(link.label)}: ${appUrl}${link.href}`] : []),
    ...(lockUrl
      ? [
          text('If this was you, there is nothing to do.'),
          text(
            'This wasn’t me: lock transfers and sign out everywhere (the page asks you before it does anything): {url}',
            { url: lockUrl }
          )
        ]
      : []),
    text('Your messages: {url}', { url: `${appUrl}/messages` }),
    emailGroupOf(kind)
      ? text('Turn these e-mails off in Settings: {url}', { url: `${appUrl}/settings` })
      : text('We always send e-mails about the safety of your money. They cannot be switched off.'),
    brand.name
  ]
  return { subject: said.title, text: `${lines.join('\n\n')}\n` }
}

/** Names of banks and browsers come from vendors and browsers: they stay within one line. */
const oneLine = (data: Message['data']): Message['data'] =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(/\s+/g, ' ').trim().slice(0, 80) : value
    ])
  )
