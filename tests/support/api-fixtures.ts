/** API responses as the browser gets them, for component tests. */
import type { ConnectionResponse, SyncResponse, TransactionResponse } from '@/lib/api/responses'
import type { ItemStatus } from '@/lib/domain/connections/connection'
import { connectionActions } from '@/lib/domain/connections/connection-states'
import {
  columnOf,
  type EditableField,
  fieldsWith,
  type ListValues
} from '@/lib/domain/transactions/edits'

const emptyValue = (field: EditableField): string[] | string | null =>
  columnOf(field).kind === 'tags' ? [] : null
const NO_LIST_VALUES = Object.fromEntries(
  fieldsWith('inList').map((field) => [field, emptyValue(field)])
) as ListValues

/** A transaction as the browser gets it; a higher number is a later id. */
export const transactionFixture = (
  n: number,
  more: Partial<TransactionResponse> = {}
): TransactionResponse => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  accountId: 'a',
  accountName: 'Checking',
  amount: { minor: '-100', currency: 'USD' },
  date: '2026-03-01',
  authorizedOn: null,
  name: `row ${n}`,
  merchantName: null,
  category: 'TRAVEL',
  categoryDetailed: null,
  kind: 'spending',
  paymentChannel: null,
  accountMask: null,
  institutionName: 'Bank',
  pending: false,
  ...NO_LIST_VALUES,
  addedAt: '2026-03-01T00:00:00.000Z',
  part: null,
  splitChanged: false,
  ...more
})

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
