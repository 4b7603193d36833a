/** The states of a bank connection, and what its user can do in each. */
import {
  type AnnouncedStatus,
  type ItemStatus,
  isAnnounced,
  isItemGone
} from '@/lib/domain/connections/connection'

/** check: ask Plaid now · relink: sign in at the bank again, or choose accounts anew · replace: link the bank as if new · disconnect: end it. */
export const CONNECTION_ACTS = ['check', 'relink', 'replace', 'disconnect'] as const
export type ConnectionAction = (typeof CONNECTION_ACTS)[number]

/**
 * An Item's status after Plaid reported one, `announced` being an end of access that was announced and not called off. While the Item works, the announced
 * end stays its status: a healthy answer does not call it off, only a verified sign-in or Plaid's word that the login was repaired does.
 */
export const nextStatus = (reported: ItemStatus, announced: AnnouncedStatus | null): ItemStatus =>
  reported === 'good' || isAnnounced(reported) ? (announced ?? 'good') : reported

/** What the person can do, the thing that mends it first. Nothing once it is being disconnected. */
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
