/** What an e-mail about a bank says: which bank and what to do. Never an amount, an account or a payment. */
import type { ItemStatus } from './bank-connection'

const WORDS: Partial<Record<ItemStatus, string>> = {
  bad: 'Pangea cannot read it any more, because the bank wants you to sign in again.',
  pending_expiration: 'Your permission to read it ends soon. Sign in again and it goes on without a gap.',
  pending_disconnect: 'The bank is about to end Pangea’s access. Sign in again and it goes on without a gap.',
  revoked: 'Access to it was withdrawn. If that was not what you wanted, link it again.'
}

/** The link leads to the connections page, which asks for a sign-in first: nothing in the mail opens anything by itself. */
export function noticeMail({ institutionName, status, appUrl }: { institutionName: string; status: ItemStatus; appUrl: string }): {
  subject: string
  text: string
} {
  // A bank's name comes from outside; in a header it must stay on its line.
  const name = institutionName.replace(/\s+/g, ' ').trim().slice(0, 80) || 'your bank'
  const text = [
    'Hello,',
    `One of the banks you linked needs you: ${name}. ${WORDS[status] ?? 'Pangea cannot read it right now.'}`,
    `Look after it here: ${appUrl}/connections`,
    `You get one such mail each time trouble begins. To get none, switch it off under Settings: ${appUrl}/settings`,
    'Pangea'
  ]
  return { subject: `${name} needs you to sign in again`, text: `${text.join('\n\n')}\n` }
}
