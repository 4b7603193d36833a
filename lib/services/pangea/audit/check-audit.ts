import 'server-only'
import { systemActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import { readHeads } from '@/lib/services/pangea/audit/heads'

const app = systemActor('audit')
const DAY_MS = 24 * 3_600_000
const BATCH = 1_000

/**
 * Finds every changed, removed, inserted or cut-off row of the audit log.
 * @param headsFile the published heads; AUDIT_HEADS_FILE by default. @throws IntegrationError.
 */
export async function verifyAudit(
  headsFile: string | null = env().audit.headsFile
): Promise<DataService.AuditCheck & { heads: number }> {
  const heads = headsFile ? await readHeads(headsFile) : []
  return { ...(await DataService.verifyAudit(heads)), heads: heads.length }
}

/**
 * Verifies the audit log and, if it is whole, deletes the entries past AUDIT_RETENTION_DAYS. A log
 * that was changed keeps everything: it is evidence.
 */
export async function checkAudit(): Promise<void> {
  const { sealed, problems } = await verifyAudit()
  if (problems.length > 0) {
    log.error('audit.broken', { count: problems.length, code: problems[0]?.problem ?? null })
    return
  }
  log.info('audit.verified', { count: sealed })
  const { retentionDays } = env().audit
  if (retentionDays !== null) await prune(new Date(now().getTime() - retentionDays * DAY_MS))
}

async function prune(before: Date): Promise<void> {
  let total = 0
  for (let more = true; more; ) {
    const removed = await DataService.pruneAudit({ before, limit: BATCH })
    total += removed
    more = removed === BATCH
  }
  if (total === 0) return
  log.info('audit.pruned', { count: total })
  await DataService.recordAudit(app, 'audit.pruned', { subject: null, detail: { entries: total } })
}
