/** Background jobs: their kinds, their states, and when a failed one is tried again. */

/** In the order in which a worker takes them. */
export const JOB_KINDS = ['delivery', 'deletion', 'task', 'transfer', 'notice', 'sync'] as const
export type JobKind = (typeof JOB_KINDS)[number]

export const JOB_STATUSES = ['pending', 'in_progress', 'completed', 'failed'] as const
export type JobStatus = (typeof JOB_STATUSES)[number]

/** What a user sees of a running or finished sync. */
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
  /** The vendor that answered with an error; null for a fault of our own. */
  service: string | null
  code: string
  /** true: transient · false: permanent · null: an unknown fault. */
  retryable: boolean | null
  /** How long the vendor asked us to wait. */
  retryAfterMs: number | null
}

/** An endless job is retried until it succeeds: the user was promised it, or money depends on it. */
const ENDLESS = { permanent: null, unknown: null }
const ATTEMPTS: Record<JobKind, { permanent: number | null; unknown: number | null }> = {
  // What a webhook points at may not be there yet.
  delivery: { permanent: 10, unknown: 10 },
  deletion: ENDLESS,
  task: ENDLESS,
  transfer: ENDLESS,
  notice: { permanent: 1, unknown: 8 },
  sync: { permanent: 1, unknown: 8 }
}

/** After how many attempts a job fails for good; null for never, which is so for every transient error. */
export function maxAttempts(
  kind: JobKind,
  { retryable }: Pick<JobFailure, 'retryable'>
): number | null {
  if (retryable) return null
  return ATTEMPTS[kind][retryable === null ? 'unknown' : 'permanent']
}

const MAX_PAUSE_MS = 90_000
/** A vendor may be back sooner than it says. */
const MAX_RETRY_AFTER_MS = 15 * 60_000

/** Milliseconds before the next attempt: the backoff, or longer where the vendor asked for it. */
export const retryPause = (
  attempts: number,
  retryAfterMs: number | null,
  random: () => number
): number => Math.max(Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS), backoff(attempts, random))

/** Milliseconds before attempt `attempts + 1`: a doubling ceiling, of which the second half is random. */
export function backoff(attempts: number, random: () => number): number {
  const ceiling = Math.min(MAX_PAUSE_MS, 2_000 * 2 ** Math.max(0, Math.min(attempts, 20) - 1))
  return Math.round(ceiling / 2 + (ceiling / 2) * random())
}
