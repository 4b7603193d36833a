/** What those who look after the others are shown: how things went, never what anybody has. */
import type { JobKind } from '@/lib/domain/jobs/job'

/** Work that failed for good, or waits after a failure. */
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

/** How a vendor answered all processes in the last day. */
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

/** Items that no connection belongs to and that may still be billed, by what Plaid's support finds them by. `count` is of all, `items` may be fewer. */
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

/** Who did what. */
export type AuditEntry = {
  id: string
  actorKind: string
  actorId: string
  userId: string | null
  action: string
  subject: string | null
  reason: string | null
  at: string
}

/** How far somebody is, and whether something needs looking after. */
export type UserSummary = {
  id: string
  email: string | null
  createdAt: string
  applicationStatus: string | null
  accountStatus: string | null
  connections: number
  broken: number
  deletion: string | null
}

/** Where one person stands and what happened to them, newest first. */
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
  /** What Plaid's support asks for: session, item, institution, request, error type and code. */
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
