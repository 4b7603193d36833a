/** Account deletion: idempotent steps in this order. */
import type { JobStatus } from '@/lib/domain/jobs/job'
import type { Language } from '@/lib/domain/text/languages'

/**
 * items: remove Items at Plaid · bank: close the Jiko account · rows: erase stored data · sign_in:
 * delete the Clerk user.
 */
export const DELETION_STEPS = ['items', 'bank', 'rows', 'sign_in'] as const
export type DeletionStep = (typeof DELETION_STEPS)[number]

/** The phrase a user types to confirm, in the language of the page. */
export const DELETION_PHRASES: Record<Language, string> = {
  en: 'delete everything',
  es: 'eliminar todo'
}

/** Jiko does not close an account with money in it; its owner must move it first. */
export const POCKET_NOT_EMPTY = 'POCKET_NOT_EMPTY'
/** The balance is negative after a returned deposit; Jiko does not close an overdrawn account. */
export const POCKET_OVERDRAWN = 'POCKET_OVERDRAWN'
/** A transfer in progress must finish before the account can be closed. */
export const TRANSFER_IN_PROGRESS = 'MONEY_ON_ITS_WAY'

export type DeletionProgress = {
  id: string
  status: JobStatus
  doneAt: Record<DeletionStep, string | null>
  /** The reason why the last attempt stopped; null if there is none. */
  service: string | null
  code: string | null
  /** When the next attempt runs. */
  runAt: string
  requestedAt: string
  finishedAt: string | null
}

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
