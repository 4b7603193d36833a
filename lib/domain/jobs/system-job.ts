/** Work that repeats for as long as the app runs, about no single user. */

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const DAY_MS = 24 * 3_600_000

/** How long after its end each kind is due again, in milliseconds. */
export const SYSTEM_JOBS = {
  /** Extends the chain of the audit log and publishes its end. */
  seal_audit: 30 * SECOND_MS,
  /** Verifies the audit log, and deletes entries past their retention. */
  check_audit: DAY_MS,
  /** Encrypts what an earlier version stored as plain text. */
  encrypt_names: DAY_MS,
  /** Messages that are due at a time, such as before a payment. */
  tell_waiting_users: 10 * MINUTE_MS
} as const

export type SystemJobKind = keyof typeof SYSTEM_JOBS
export const SYSTEM_JOB_KINDS = Object.keys(SYSTEM_JOBS) as SystemJobKind[]
