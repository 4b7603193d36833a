/** Steps that the operator's funnel counts, and what holds an application up. */
import { toOutcome } from '@/lib/domain/onboarding/application'
import { QUESTIONS } from '@/lib/domain/onboarding/onboarding'

/** In order; each has a stored time. */
export const FUNNEL_STEPS = [
  'signed_up',
  ...QUESTIONS.map(({ key }) => key),
  'agreements',
  'submitted',
  'account_open',
  'bank_linked'
] as const
export type FunnelStep = (typeof FUNNEL_STEPS)[number]

export type FunnelCount = {
  step: FunnelStep
  /** Users who had done the step before. */
  entered: number
  /** Users who did this step or a later one. */
  done: number
  /** From the step before to this one; null if no user did both. */
  medianSeconds: number | null
}

/** Users of one day of sign-up, in UTC. */
export type FunnelCohort = {
  day: string
  signedUp: number
  submitted: number
  accountOpen: number
  bankLinked: number
}

export type LinkErrorCount = { institution: string; code: string; count: number }

export type StuckApplication = {
  userId: string
  /** The last step that was done. */
  step: FunnelStep
  /** Jiko's status; null before the submission. */
  status: string | null
  since: string
}

/** Why an application waits, and what the operator can do. */
export function explainStuck({ step, status }: Pick<StuckApplication, 'step' | 'status'>): {
  reason: string
  nextAction: string
} {
  if (status === null)
    return step === 'submitted'
      ? {
          reason: 'The submission was interrupted.',
          nextAction: 'The user is asked for the Social Security number again at the next visit.'
        }
      : { reason: 'The user stopped answering.', nextAction: 'Remind the user.' }
  switch (toOutcome(status)) {
    case 'documents_needed':
      return {
        reason: 'Jiko waits for documents of the user.',
        nextAction: 'Ask the user to upload them.'
      }
    case 'approved':
      return {
        reason: 'Jiko approved the application, but the account is not open.',
        nextAction: 'Look for a failed job on this page.'
      }
    default:
      return { reason: 'Jiko has not decided.', nextAction: 'Ask Jiko about the application.' }
  }
}
