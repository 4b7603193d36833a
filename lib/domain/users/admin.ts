/** The data for admins: statuses and counts, never balances or transactions. */
import type { JobKind } from '@/lib/domain/jobs/job'

/** A job that failed permanently or waits for a retry. */
export type FailedJob = {
  kind: JobKind
  id: string
  userId: string | null
  what: string
  status: string
  attempts: number
  service: string | null
  code: string | null
  runAt: string
  at: string
}

/** A vendor's responses to all processes in the last 24 hours. */
export type VendorStats = {
  service: string
  calls: number
  failures: number
  slowestMs: number
  lastSuccessAt: string | null
  lastFailureAt: string | null
  lastWebhookAt: string | null
  errors: { code: string; count: number }[]
}

/**
 * Items without a connection that may still be billed, with the ids Plaid's support asks for.
 * `count` may exceed `items.length`.
 */
export type OrphanedItems = {
  count: number
  items: {
    id: string
    userId: string
    linkSessionId: string | null
    institutionId: string | null
    requestId: string | null
    errorCode: string | null
    at: string
  }[]
}

export type AuditEntry = {
  id: string
  actorKind: string
  actorId: string
  userId: string | null
  action: string
  /** success or failure. */
  outcome: string
  subject: string | null
  sessionId: string | null
  /** The client's address without its last part. */
  network: string | null
  reason: string | null
  at: string
}

/** A user's progress and whether anything needs attention. */
export type UserSummary = {
  id: string
  email: string | null
  createdAt: string
  applicationStatus: string | null
  accountStatus: string | null
  connections: number
  broken: number
  deletion: string | null
  /** Since when transfers are locked. */
  lockedAt: string | null
  /** How many admins approved the removal within a day. */
  approvals: number
}

/** One user's history, newest first. */
export type ActivityTimeline = {
  person: UserSummary
  connections: {
    id: string
    itemId: string
    linkSessionId: string | null
    institutionName: string
    status: string
    errorType: string | null
    errorCode: string | null
    lastSyncedAt: string | null
    gone: boolean
    quarantined: number
  }[]
  /** The fields Plaid's support asks for. */
  linkEvents: {
    id: string
    type: string
    status: string | null
    errorType: string | null
    errorCode: string | null
    requestId: string | null
    linkSessionId: string | null
    itemId: string | null
    institutionId: string | null
    at: string
  }[]
  calls: {
    id: string
    service: string
    method: string
    requestId: string | null
    errorType: string | null
    errorCode: string | null
    durationMs: number
    at: string
  }[]
  runs: {
    id: string
    trigger: string
    status: string
    attempts: number
    service: string | null
    code: string | null
    at: string
  }[]
  deliveries: {
    id: string
    vendor: string
    type: string | null
    eventCode: string | null
    status: string
    attempts: number
    code: string | null
    at: string
  }[]
  audit: { id: string; actor: string; action: string; at: string }[]
}

/** How many stored values of a table use an encryption key. */
export type KeyCount = { table: string; keyId: string; values: number }

/**
 * newest: encrypts new values · in_use: stored values still need it · unused: can be removed from
 * the settings · missing: stored values need it and it is not configured.
 */
export type KeyState = 'newest' | 'in_use' | 'unused' | 'missing'

/** An encryption key, and how many stored values use it, by table. */
export type KeyUse = {
  keyId: string
  state: KeyState
  values: number
  tables: Record<string, number>
}

/** Every key that is configured (newest first) or that a stored value uses. */
export function summarizeKeys(
  configured: readonly string[],
  counts: readonly KeyCount[]
): KeyUse[] {
  const ids = [...new Set([...configured, ...counts.map(({ keyId }) => keyId)])]
  return ids.map((keyId) => {
    const own = counts.filter((count) => count.keyId === keyId)
    const values = own.reduce((sum, count) => sum + count.values, 0)
    const tables = Object.fromEntries(own.map((count) => [count.table, count.values]))
    return { keyId, state: stateOf(configured, keyId, values), values, tables }
  })
}

function stateOf(configured: readonly string[], keyId: string, values: number): KeyState {
  if (!configured.includes(keyId)) return 'missing'
  if (keyId === configured[0]) return 'newest'
  return values > 0 ? 'in_use' : 'unused'
}
