import 'server-only'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'

const DAY_MS = 24 * 3_600_000
const BATCH = 1_000

/**
 * Retention of operational rows (docs/operations.md). User data, the audit log and Link events
 * stay until the user is deleted.
 */
const RETENTION_MS: Record<DataService.RetentionTable, number> = {
  vendor_events: 30 * DAY_MS,
  webhook_deliveries: 30 * DAY_MS,
  link_sessions: DAY_MS,
  public_token_claims: DAY_MS,
  lock_links: DAY_MS,
  esign_links: DAY_MS,
  consent_evidence: 0,
  idempotency_keys: DAY_MS,
  rate_limits: 7 * DAY_MS,
  sync_runs: 90 * DAY_MS,
  sync_pages: DAY_MS
}

/** Deletes rows past their retention. Safe to run concurrently. @throws IntegrationError. */
export async function deleteExpiredRows(): Promise<void> {
  for (const [kind, keptMs] of Object.entries(RETENTION_MS) as [
    DataService.RetentionTable,
    number
  ][]) {
    const before = new Date(now().getTime() - keptMs)
    let count = 0
    for (let more = true; more; ) {
      const deleted = await DataService.deleteExpired(kind, { before, limit: BATCH })
      count += deleted
      more = deleted === BATCH
    }
    if (count > 0) log.info('retention.deleted', { type: kind, count })
  }
}
