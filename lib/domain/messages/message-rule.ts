/** What the rule of a kind of message says. */
import type { MessageData } from '@/lib/domain/messages/message'
import type { Text, TextKey } from '@/lib/domain/text/text'
import type { EmailGroup } from '@/lib/domain/users/preferences'

export type MessageText = { title: string; text: string }
export type MessageLink = { href: string; label: TextKey<'messages'> }

export type MessageRule = {
  text: (data: MessageData, text: Text<'messages'>) => MessageText
  /** Where the user acts, or sees more. */
  link?: MessageLink
  /** The switch of its e-mail; `always` for the safety of money and data. */
  email: 'always' | EmailGroup
  /** An attacker may have caused it: its e-mail offers to lock transfers. */
  canBeDisputed?: true
  /** How long its e-mail waits: what ends before then is not mailed. */
  emailAfterMs?: number
  /** Another e-mail about the same tells it (connection-email.ts). */
  isMailedElsewhere?: true
}

export const bankName = ({ bank }: MessageData, text: Text<'messages'>): string =>
  bank ?? text('another bank')
