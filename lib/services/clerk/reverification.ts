import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import {
  isFresh,
  type Reverification,
  STEP_UP_MINUTES,
  type StepUpAge
} from '@/lib/domain/users/reverification'
import { RequestError } from '@/lib/platform/errors'

const ADMIN_SECOND_FACTOR_MINUTES = 12 * 60

/**
 * The age of each factor from the `fva` claim of a verified session token (contracts: Clerk,
 * `fva`). A long-lived token keeps the ages of its issue, so its own age is added. A malformed
 * claim counts as never verified.
 */
export function toReverification(
  { fva, iat }: { fva?: unknown; iat: number },
  at = Date.now()
): Reverification {
  const [first, second] = (Array.isArray(fva) && fva.length === 2 ? fva : []).map(
    (minutes: unknown) =>
      typeof minutes === 'number' && Number.isFinite(minutes) && minutes >= 0 ? minutes : null
  )
  const sinceIssued = Math.max(0, Math.floor((at / 1_000 - iat) / 60))
  const age = (minutes: number | null = null) => (minutes === null ? null : minutes + sinceIssued)
  return {
    firstFactorAge: age(first),
    secondFactorAge: age(second),
    secondFactorVerifiedAt: typeof second === 'number' ? iat * 1_000 - (second + 1) * 60_000 : null
  }
}

/**
 * Refuses users whose verification is older than `within`. The browser prompts them and repeats
 * the call (components/lib/use-reverification.ts). Declared as `stepUp` by routes that reveal
 * secrets or move money; always refuses without a prior `requireLiveSession`.
 * @throws RequestError reverification_required.
 */
export function requireReverification({ reverification }: UserActor, within: StepUpAge): void {
  if (!reverification || !isFresh(reverification, within))
    throw reverificationRequired(STEP_UP_MINUTES[within])
}

/**
 * Refuses users without a second factor, or with one not verified in this session within twelve
 * hours.
 * @throws RequestError forbidden, reverification_required.
 */
export function requireSecondFactor({ reverification }: UserActor): void {
  if (!reverification?.enrolled)
    throw new RequestError(
      'forbidden',
      'This needs two-step verification. Turn it on under Settings, Security, then try again.',
      { rule: 'second-factor' }
    )
  if (
    reverification.secondFactorAge === null ||
    reverification.secondFactorAge >= ADMIN_SECOND_FACTOR_MINUTES
  )
    throw reverificationRequired(ADMIN_SECOND_FACTOR_MINUTES)
}

const reverificationRequired = (reverifyWithinMinutes: number) =>
  new RequestError('reverification_required', 'Confirm it’s you, then try again.', {
    reverifyWithinMinutes
  })
