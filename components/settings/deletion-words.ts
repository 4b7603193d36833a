import type { WireDeletion } from '@/lib/api/answers'
import { type DeletionStep, MONEY_ON_ITS_WAY, POCKET_NOT_EMPTY, POCKET_OVERDRAWN } from '@/lib/domain/deletion'

/** Each step: what it is about, and what is true once it is done. */
export const STEP_WORDS: Record<DeletionStep, { title: string; done: string; working: string }> = {
  items: { title: 'Your linked banks', done: 'Plaid has given up its access to each of them.', working: 'Ending access at Plaid.' },
  bank: { title: 'Your account at Jiko', done: 'No account number leads to it any more.', working: 'Closing it at the bank.' },
  rows: { title: 'Everything stored here', done: 'Your answers, accounts, transactions and settings are erased.', working: 'Erasing it.' },
  sign_in: { title: 'Your login', done: 'Your e-mail address and password are gone.', working: 'Removing it.' }
}

const AWAY: Record<string, string> = {
  plaid: 'Plaid, which connects your banks, does not answer right now.',
  jiko: 'The bank does not answer right now.',
  clerk: 'The service that keeps logins does not answer right now.'
}

/** Why it stands still. */
export function waitingWords({ service, code }: NonNullable<WireDeletion['waiting']>): string {
  if (code === POCKET_NOT_EMPTY) return 'There is money in your account at Jiko. Move it out on the account page, and this goes on by itself.'
  if (code === POCKET_OVERDRAWN)
    return 'Your account at Jiko is below zero because a deposit was sent back. Add what is missing on the account page, and this goes on by itself.'
  if (code === MONEY_ON_ITS_WAY) return 'A transfer is still on its way. This goes on once it has arrived or was returned.'
  return AWAY[service ?? ''] ?? 'Something is in the way on our side.'
}
