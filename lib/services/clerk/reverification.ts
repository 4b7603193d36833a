import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { isFresh, type Reverification } from '@/lib/domain/users/reverification'
import { RequestError } from '@/lib/platform/errors'

/**
 * The age of each factor's proof, from a verified session token (contracts: Clerk, `fva`). A token made to last keeps saying what was
 * true when it was issued, so its own age is added. Anything that is no pair of ages counts as never verified.
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
 * Refuses a user who has not verified within ten minutes who they are; the browser asks them, then repeats the call (components/lib/use-reverification.ts).
 * Routes that show a secret or move money declare it as `stepUp`. Without `requireLive` first, nobody passes.
 * @throws RequestError reverification_required.
 */
export function requireReverification({ reverification: proof }: UserActor): void {
  if (!proof || !isFresh(proof)) throw reverificationRequired()
}

/** Refuses a user without a second factor, or with one that was not verified in this session. @throws RequestError forbidden, reverification_required. */
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
