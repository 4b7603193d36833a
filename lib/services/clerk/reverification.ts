import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { isFresh, type Reverification } from '@/lib/domain/users/reverification'
import { RequestError } from '@/lib/platform/errors'

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
 * Refuses users whose verification is older than ten minutes. The browser prompts them and repeats
 * the call (components/lib/use-reverification.ts). Declared as `stepUp` by routes that reveal
 * secrets or move money; always refuses without a prior `requireLiveSession`.
 * @throws RequestError reverification_required.
 */
export function requireReverification({ reverification: proof }: UserActor): void {
  if (!proof || !isFresh(proof)) throw reverificationRequired()
}

/**
 * Refuses users without a second factor, or with one not verified in this session. @throws
 * RequestError forbidden, reverification_required.
 */
export function requireSecondFactor({ reverification: proof }: UserActor): void {
  if (!proof?.enrolled)
    throw new RequestError(
      'forbidden',
      'This needs two-step verification. Turn it on under Settings, Security, then try again.'
    )
  if (proof.secondFactorAge === null) throw reverificationRequired()
}

const reverificationRequired = () =>
  new RequestError('reverification_required', 'Confirm it’s you, then try again.')
