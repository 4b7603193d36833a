/** The states of a connection and the actions its user has in each. */
import {
  type AnnouncedStatus,
  type ItemStatus,
  isAnnounced,
  isItemGone
} from '@/lib/domain/connections/connection'

/**
 * check: ask Plaid now · relink: sign in again or change the shared accounts · replace: link the
 * bank as a new connection · disconnect: end it.
 */
export const CONNECTION_ACTS = ['check', 'relink', 'replace', 'disconnect'] as const
export type ConnectionAction = (typeof CONNECTION_ACTS)[number]

/**
 * The status of an Item after Plaid reported one. `announced` is a pending expiration or
 * disconnect. A healthy report does not clear it: only a verified sign-in or LOGIN_REPAIRED does.
 */
export const nextStatus = (reported: ItemStatus, announced: AnnouncedStatus | null): ItemStatus =>
  reported === 'good' || isAnnounced(reported) ? (announced ?? 'good') : reported

/**
 * The actions a user has, primary recovery action first. None while the connection is being
 * disconnected.
 */
export function connectionActions({
  status,
  errorCode,
  disconnectRequested
}: {
  status: ItemStatus
  errorCode: string | null
  disconnectRequested: boolean
}): ConnectionAction[] {
  if (disconnectRequested) return ['disconnect']
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
      return isItemGone(errorCode) ? ['replace', 'disconnect'] : ['relink', 'replace', 'disconnect']
  }
}
