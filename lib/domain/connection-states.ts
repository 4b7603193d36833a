/** What a bank connection can go through, and how its person gets out of every state. */
import { type ItemStatus, isGone } from './bank-connection'

/** check: ask Plaid now · relink: sign in at the bank again, or choose accounts anew · replace: link the bank as if new · disconnect: end it. */
export const CONNECTION_ACTS = ['check', 'relink', 'replace', 'disconnect'] as const
export type ConnectionAct = (typeof CONNECTION_ACTS)[number]

/** What happens to a connection: a verified sign-in, what Plaid says, what it announces. */
export type ConnectionEvent =
  | 'healthy'
  | 'sign_in_needed'
  | 'bank_trouble'
  | 'expiration_announced'
  | 'disconnect_announced'
  | 'access_withdrawn'
  | 'repaired'
  | 'disconnected'

export type ConnectionState = ItemStatus | 'gone'

const REPORTED: Partial<Record<ConnectionEvent, ItemStatus>> = {
  sign_in_needed: 'bad',
  bank_trouble: 'error',
  expiration_announced: 'pending_expiration',
  disconnect_announced: 'pending_disconnect',
  access_withdrawn: 'revoked',
  repaired: 'good'
}

/**
 * The state after an event. A plain "healthy" answer does not call off an announced end: only a sign-in that was verified, or Plaid's word
 * that the login was repaired, does.
 */
export function nextState(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  if (state === 'gone' || event === 'disconnected') return 'gone'
  if (event === 'healthy') return state === 'pending_expiration' || state === 'pending_disconnect' ? state : 'good'
  return REPORTED[event] ?? state
}

/** What the person can do, the thing that mends it first. Nothing once it is being disconnected. */
export function actsOf({ status, errorCode, leaving }: { status: ItemStatus; errorCode: string | null; leaving: boolean }): ConnectionAct[] {
  if (leaving) return ['disconnect']
  switch (status) {
    case 'good':
      return ['check', 'relink', 'disconnect']
    case 'pending_expiration':
    case 'pending_disconnect':
      return ['relink', 'check', 'disconnect']
    case 'bad':
      return ['relink', 'disconnect']
    case 'error':
      return ['check', 'disconnect']
    case 'revoked':
      return isGone(errorCode) ? ['replace', 'disconnect'] : ['relink', 'replace', 'disconnect']
  }
}

/** How each act of the person can end. */
export const OUTCOMES: Record<ConnectionAct, readonly ConnectionEvent[]> = {
  check: ['healthy', 'sign_in_needed', 'bank_trouble', 'access_withdrawn'],
  relink: ['repaired', 'sign_in_needed', 'bank_trouble', 'access_withdrawn'],
  replace: ['disconnected'],
  disconnect: ['disconnected']
}
