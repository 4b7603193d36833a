/** What an e-mail about a bank says: which bank and what to do. Never an amount, an account or a payment. */
import { type ItemStatus, isItemGone } from '@/lib/domain/connections/connection'

const STATUS_SENTENCES: Partial<Record<ItemStatus, string>> = {
  bad: 'Pangea cannot read it any more, because the bank needs you to sign in again.',
  pending_expiration:
    'Your permission to read it ends soon. Sign in again to continue without a gap.',
  pending_disconnect:
    'The bank is about to end Pangea’s access. Sign in again to continue without a gap.',
  revoked: 'Access to it was withdrawn. If you did not want that, sign in again.'
}

const ITEM_GONE_SENTENCE =
  'Plaid does not know this connection any more. To keep reading it, link the bank again.'

/** The link leads to the connections page, which asks for a sign-in first: nothing in the mail opens anything by itself. */
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
  // A bank's name comes from outside; in a header it must stay on its line.
  const name = institutionName.replace(/\s+/g, ' ').trim().slice(0, 80) || 'your bank'
  const gone = status === 'revoked' && isItemGone(errorCode)
  const text = [
    'Hello,',
    `One of your banks needs your attention: ${name}. ${gone ? ITEM_GONE_SENTENCE : (STATUS_SENTENCES[status] ?? 'Pangea cannot read it right now.')}`,
    `Review it here: ${appUrl}/connections`,
    `You get at most one e-mail per bank and day. Turn these e-mails off in Settings: ${appUrl}/settings`,
    'Pangea'
  ]
  return {
    subject: gone ? `${name} must be linked again` : `${name} needs you to sign in again`,
    text: `${text.join('\n\n')}\n`
  }
}
