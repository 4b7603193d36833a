/**
 * The e-mail that asks a user to fix a connection. It never names an amount, an account or a
 * payment.
 */
import { type ItemStatus, isItemGone } from '@/lib/domain/connections/connection'
import { brand } from '@/pangea.config'

const STATUS_SENTENCES: Partial<Record<ItemStatus, string>> = {
  bad: `${brand.name} cannot read it any more, because the bank needs you to sign in again.`,
  pending_expiration:
    'Your permission to read it ends soon. Sign in again to continue without a gap.',
  pending_disconnect: `The bank is about to end ${brand.name}’s access. Sign in again to continue without a gap.`,
  revoked: 'Access to it was withdrawn. If you did not want that, sign in again.'
}

const ITEM_GONE_SENTENCE =
  'Plaid does not know this connection any more. To keep reading it, link the bank again.'

/** Links to the connections page, which requires a sign-in; the link itself grants nothing. */
export function connectionEmail({
  institutionName,
  status,
  errorCode = null,
  appUrl
}: {
  institutionName: string
  status: ItemStatus
  errorCode?: string | null
  appUrl: string
}): {
  subject: string
  text: string
} {
  // The institution's name is vendor text; a line break in a mail header would inject headers.
  const name = institutionName.replace(/\s+/g, ' ').trim().slice(0, 80) || 'your bank'
  const gone = status === 'revoked' && isItemGone(errorCode)
  const text = [
    'Hello,',
    `One of your banks needs your attention: ${name}. ${gone ? ITEM_GONE_SENTENCE : (STATUS_SENTENCES[status] ?? `${brand.name} cannot read it right now.`)}`,
    `Review it here: ${appUrl}/connections`,
    `You get at most one e-mail per bank and day. Turn these e-mails off in Settings: ${appUrl}/settings`,
    brand.name
  ]
  return {
    subject: gone ? `${name} must be linked again` : `${name} needs you to sign in again`,
    text: `${text.join('\n\n')}\n`
  }
}
