/** What the rule of a kind of message says. */
import type { MessageData } from '@/lib/domain/messages/message'
import type { EmailGroup } from '@/lib/domain/users/preferences'

export type MessageText = { title: string; text: string }
export type MessageLink = { href: string; label: string }

export type MessageRule = {
  text: (data: MessageData) => MessageText
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

export const bankName = ({ bank }: MessageData): string => bank ?? 'another bank'
