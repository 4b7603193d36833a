import 'server-only'
import type { BankConnection, HistoryStatus, ItemStatus } from '../../domain/bank-connection'
import type { Progress, SyncProgress } from '../../domain/progress'
import { iso } from './query'

/** A connection as a page shows it. */
export type ConnectionView = BankConnection & {
  logo: string | null
  primaryColor: string | null
  history: HistoryStatus
  sync: SyncProgress | null
}

export type SyncRow = {
  status: Progress
  trigger: string
  attempts: number
  added: number
  modified: number
  removed: number
  service: string | null
  code: string | null
  started_at: string | null
  finished_at: string | null
}

export const toSyncProgress = (row: SyncRow): SyncProgress => ({
  status: row.status,
  trigger: row.trigger,
  attempts: row.attempts,
  added: row.added,
  modified: row.modified,
  removed: row.removed,
  service: row.service,
  code: row.code,
  startedAt: iso(row.started_at),
  finishedAt: iso(row.finished_at)
})

export type ConnectionRow = {
  id: string
  user_id: string
  plaid_item_id: string
  institution_id: string | null
  institution_name: string
  status: ItemStatus
  error_type: string | null
  error_code: string | null
  cursor: string | null
  history: string
  last_synced_at: string | null
  bank_data_at: string | null
  consent_expires_at: string | null
  logo: string | null
  primary_color: string | null
  account_ids: string[]
  sync: SyncRow | null
}

export const toConnectionView = (row: ConnectionRow): ConnectionView => ({
  id: row.id,
  userId: row.user_id,
  plaidItemId: row.plaid_item_id,
  institutionId: row.institution_id,
  institutionName: row.institution_name,
  cursor: row.cursor,
  status: row.status,
  errorType: row.error_type,
  errorCode: row.error_code,
  lastSyncedAt: iso(row.last_synced_at),
  bankDataAt: iso(row.bank_data_at),
  accountIds: row.account_ids,
  consentExpiresAt: iso(row.consent_expires_at),
  logo: row.logo,
  primaryColor: row.primary_color,
  history: row.history,
  sync: row.sync && toSyncProgress(row.sync)
})
