import type { ConnectionResponse, SyncResponse } from '@/lib/api/responses'
import type { ItemStatus } from '@/lib/domain/connections/connection'
import { connectionActions } from '@/lib/domain/connections/connection-states'

export type ConnectionOverrides = Partial<Omit<ConnectionResponse, 'status' | 'sync' | 'acts'>> & {
  name?: string
  sync?: Partial<SyncResponse>
}

const RUN: SyncResponse = {
  status: 'completed',
  trigger: 'webhook',
  attempts: 1,
  added: 0,
  modified: 0,
  removed: 0,
  code: null,
  startedAt: null,
  finishedAt: null
}

/** A bank in a given state, as the browser gets it, with the user's possible actions. */
export function connectionFixture(
  status: ItemStatus,
  { name = 'First Bank', sync, ...more }: ConnectionOverrides = {}
): ConnectionResponse {
  const { errorCode = null, leaving = false } = more
  return {
    id: name.replaceAll(' ', '-'),
    institution: { id: null, name, logo: null },
    lastSyncedAt: null,
    bankDataAt: null,
    history: 'HISTORICAL_UPDATE_COMPLETE',
    endsAt: null,
    newAccounts: false,
    missingProducts: [],
    quarantined: 0,
    ...more,
    status,
    errorCode,
    leaving,
    acts: connectionActions({ status, errorCode, disconnectRequested: leaving }),
    sync: { ...RUN, ...sync }
  }
}
