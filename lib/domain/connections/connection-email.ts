/**
 * The e-mail that asks a user to fix a connection. It never names an amount, an account or a
 * payment.
 */
import { type ItemStatus, isItemGone } from '@/lib/domain/connections/connection'
import type { Text, TextKey } from '@/lib/domain/text/text'
import { brand } from '@/pangea.config'

const STATUS_SENTENCES: Partial<Record<ItemStatus, TextKey<'messages'>>> = {
  bad: '{brand} cannot read it any more, because the bank needs you to sign in again.',
  pending_expiration:
    'Your permission to read it ends soon. Sign in again to continue without a gap.',
  pending_disconnect:
    'The bank is about to end {brand}’s access. Sign in again to continue without a gap.',
  revoked: 'Access to it was withdrawn. If you did not want that, sign in again.'
}

const ITEM_GONE_SENTENCE =
  'Plaid does not know this connection any more. To keep reading it, link the bank again.'

/** Links to the connections page, which requires a sign-in; the link itself grants nothing. */
export function connectionEmail(
  {
    institutionName,
    status,
    errorCode = null,
    appUrl
  }: {
    institutionName: string
    status: ItemStatus
    errorCode?: string | null
    appUrl: string
  },
  text: Text<'messages'>
): {
  subject: string
  text: string
} {
  // The institution's name is vendor text; a line break in a mail header would inject headers.
  const name = institutionName.replace(/\s+/g, ' ').trim().slice(0, 80) || text('your bank')
  const gone = status === 'revoked' && isItemGone(errorCode)
  const reason = gone
    ? ITEM_GONE_SENTENCE
    : (STATUS_SENTENCES[status] ?? '{brand} cannot read it right now.')
  const lines = [
    text('Hello,'),
    text('One of your banks needs your attention: {bank}. {reason}', {
      bank: name,
      reason: text(reason)
    }),
    text('Review it here: {url}', { url: `${appUrl}/connections` }),
    text('You get at most one e-mail per bank and day. Turn these e-mails off in Settings: {url}', {
      url: `${appUrl}/settings`
    }),
    brand.name
  ]
  return {
    subject: gone
      ? text('{bank} must be linked again', { bank: name })
      : text('{bank} needs you to sign in again', { bank: name }),
    text: `${lines.join('\n\n')}\n`
  }
}
