/** One word list for every row that stands for work: sync runs, webhook deliveries, deletion requests. */
export const PROGRESS = ['pending', 'in_progress', 'completed', 'failed'] as const
export type Progress = (typeof PROGRESS)[number]

/** What a person sees of a running or finished sync. */
export type SyncProgress = {
  status: Progress
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

/** Work that waits for something to come back is tried this often at least, so that it goes on within two minutes. */
const LONGEST_PAUSE_MS = 90_000

/** However long a vendor asks us to wait: it may be back sooner, or may have meant something else. */
const LONGEST_ASKED_MS = 15 * 60_000

/** As `backoff`, and not before the vendor wants to be asked again. */
export const pauseAfter = (attempts: number, retryAfterMs: number | null, random: () => number): number =>
  Math.max(Math.min(retryAfterMs ?? 0, LONGEST_ASKED_MS), backoff(attempts, random))

/** Milliseconds before attempt `attempts + 1`: a doubling ceiling, of which the second half is left to chance. */
export function backoff(attempts: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_PAUSE_MS, 2_000 * 2 ** Math.max(0, Math.min(attempts, 20) - 1))
  return Math.round(ceiling / 2 + (ceiling / 2) * random())
}
