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

/** Milliseconds before attempt `attempts + 1`: full jitter over a doubling ceiling, at most an hour. */
export function backoff(attempts: number, random: () => number): number {
  const ceiling = Math.min(3_600_000, 2_000 * 2 ** Math.max(0, attempts - 1))
  return Math.round(ceiling / 2 + (ceiling / 2) * random())
}
