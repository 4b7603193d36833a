/** How everything about a person comes to an end: in this order, each step as often as it takes. */
import type { JobStatus } from '@/lib/domain/jobs/job'

/** items: access to linked banks, at Plaid · bank: the own account, at Jiko · rows: everything stored here · sign_in: the user at Clerk. */
export const DELETION_STEPS = ['items', 'bank', 'rows', 'sign_in'] as const
export type DeletionStep = (typeof DELETION_STEPS)[number]

/** What a person types to show that they mean it. */
export const DELETION_PHRASE = 'delete everything'

/** The bank does not close an account with money in it, and only its owner can say where that goes. */
export const POCKET_NOT_EMPTY = 'POCKET_NOT_EMPTY'
/** A deposit was sent back after it was spent: the bank does not close an account that owes it something. */
export const POCKET_OVERDRAWN = 'POCKET_OVERDRAWN'
/** A transfer that has begun ends somewhere, and until then the account has to be there for it. */
export const TRANSFER_IN_PROGRESS = 'MONEY_ON_ITS_WAY'

export type DeletionProgress = {
  id: string
  status: JobStatus
  doneAt: Record<DeletionStep, string | null>
  /** Who did not let the last attempt finish, and why; null when nothing is in the way. */
  service: string | null
  code: string | null
  /** When the next attempt begins. */
  runAt: string
  requestedAt: string
  finishedAt: string | null
}

/** done, the one that is worked on or waits, and those still to come. */
export const STEP_STATES = ['done', 'current', 'ahead'] as const
export type StepState = (typeof STEP_STATES)[number]

export function stepStates({
  status,
  doneAt
}: Pick<DeletionProgress, 'status' | 'doneAt'>): { step: DeletionStep; state: StepState }[] {
  const first = DELETION_STEPS.find((step) => doneAt[step] === null)
  return DELETION_STEPS.map((step) => ({
    step,
    state: status === 'completed' || doneAt[step] ? 'done' : step === first ? 'current' : 'ahead'
  }))
}
