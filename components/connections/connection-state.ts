import type { WireConnection } from '@/lib/api/answers'

export type ConnectionState = { tone: 'good' | 'info' | 'warn' | 'bad'; label: string; detail: string | null }

const STATES: Record<string, ConnectionState> = {
  bad: { tone: 'bad', label: 'Sign-in needed', detail: 'Your bank wants you to sign in again. Until then we show what we last saw.' },
  error: { tone: 'warn', label: 'Bank not answering', detail: 'The bank or Plaid has trouble. We keep trying; there is nothing you need to do.' },
  pending_expiration: { tone: 'warn', label: 'Access ends soon', detail: 'It still works. Your bank will soon want you to sign in again.' },
  pending_disconnect: { tone: 'warn', label: 'Access ends soon', detail: 'It still works. Your bank will soon want you to sign in again.' },
  revoked: { tone: 'bad', label: 'Access withdrawn', detail: 'Access was withdrawn at the bank or at Plaid. Add the bank again to bring it back.' }
}

/** What a person needs to know about a connection, in a word and a sentence. */
export function stateOf({ status, sync, history }: Pick<WireConnection, 'status' | 'sync' | 'history'>): ConnectionState {
  const trouble = STATES[status]
  if (trouble) return trouble
  if (sync?.status === 'pending' || sync?.status === 'in_progress') return { tone: 'info', label: 'Updating', detail: null }
  if (sync?.status === 'failed')
    return { tone: 'warn', label: 'Last update failed', detail: 'We could not read the newest transactions. We try again by ourselves.' }
  if (history === 'NOT_READY') return { tone: 'info', label: 'Preparing', detail: 'The bank is still getting your transactions ready.' }
  return { tone: 'good', label: 'Up to date', detail: null }
}

/** Whether someone should be told on the dashboard. */
export const isTrouble = ({ status }: Pick<WireConnection, 'status'>): boolean => status in STATES
