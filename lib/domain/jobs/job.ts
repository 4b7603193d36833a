/** Background jobs: their kinds, their states, and when a failed one is tried again. */

import { VENDORS, type Vendor } from '@/lib/domain/jobs/webhook-effects'

/** In the order in which workers take them. */
export const JOB_KINDS = [
  'lock',
  'delivery',
  'deletion',
  'task',
  'transfer',
  'notice',
  'sync',
  'system'
] as const
export type JobKind = (typeof JOB_KINDS)[number]

/** Jobs that wait for each other. */
export type Lane = {
  kind: JobKind
  /** Only deliveries of this vendor. */
  vendor?: Vendor
}

/** How many deliveries of each vendor run at once. A delivery without a lane would never run. */
const DELIVERY_WORKERS: Record<Vendor, number> = { clerk: 1, jiko: 1, plaid: 2 }

/** How many jobs of each lane run at once in a process. */
type LaneWorkers = Lane & { workers: number }

/** A vendor that hangs delays only the jobs of its own lanes. */
export const LANES: readonly LaneWorkers[] = [
  { kind: 'lock', workers: 1 },
  ...VENDORS.map(
    (vendor): LaneWorkers => ({ kind: 'delivery', vendor, workers: DELIVERY_WORKERS[vendor] })
  ),
  { kind: 'deletion', workers: 1 },
  { kind: 'task', workers: 1 },
  { kind: 'transfer', workers: 2 },
  { kind: 'notice', workers: 1 },
  { kind: 'sync', workers: 2 },
  { kind: 'system', workers: 1 }
]

export const JOB_STATUSES = ['pending', 'in_progress', 'completed', 'failed'] as const
export type JobStatus = (typeof JOB_STATUSES)[number]

/** A running or finished sync, as the user sees it. */
export type SyncProgress = {
  status: JobStatus
  trigger: string
  attempts: number
  added: number
  modified: number
  removed: number
  service: string | null
  code: string | null
  startedAt: string | null
  finishedAt: string | null
}

/** Why an attempt failed. */
export type JobFailure = {
  /** The vendor that failed; null for an error of our own. */
  service: string | null
  code: string
  /** true: transient · false: permanent · null: unknown error. */
  retryable: boolean | null
  /** The vendor's Retry-After in milliseconds. */
  retryAfterMs: number | null
}

/**
 * Endless jobs are retried until they succeed: the user was promised the result, or money depends
 * on it.
 */
const ENDLESS = { permanent: null, unknown: null }
const ATTEMPTS: Record<JobKind, { permanent: number | null; unknown: number | null }> = {
  // The object a webhook refers to may not be readable yet.
  delivery: { permanent: 10, unknown: 10 },
  lock: ENDLESS,
  deletion: ENDLESS,
  task: ENDLESS,
  transfer: ENDLESS,
  notice: { permanent: 1, unknown: 8 },
  sync: { permanent: 1, unknown: 8 },
  system: ENDLESS
}

/**
 * After how many attempts a job fails permanently; null for never, which applies to every
 * transient error.
 */
export function maxAttempts(
  kind: JobKind,
  { retryable }: Pick<JobFailure, 'retryable'>
): number | null {
  if (retryable) return null
  return ATTEMPTS[kind][retryable === null ? 'unknown' : 'permanent']
}

const MAX_PAUSE_MS = 90_000
/** Vendors often recover earlier than Retry-After says. */
const MAX_RETRY_AFTER_MS = 15 * 60_000

/**
 * Milliseconds until the next attempt: the backoff or the vendor's Retry-After, whichever is
 * longer.
 */
export const retryPause = (
  attempts: number,
  retryAfterMs: number | null,
  random: () => number
): number => Math.max(Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS), backoff(attempts, random))

/**
 * Milliseconds before attempt `attempts + 1`: exponential backoff with jitter in its upper half.
 */
export function backoff(attempts: number, random: () => number): number {
  const ceiling = Math.min(MAX_PAUSE_MS, 2_000 * 2 ** Math.max(0, Math.min(attempts, 20) - 1))
  return Math.round(ceiling / 2 + (ceiling / 2) * random())
}
