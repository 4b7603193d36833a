import 'server-only'
import type { Person } from '../../domain/actor'
import { isRecent, type Proof } from '../../domain/proof'
import { RequestError } from '../../platform/errors'

/**
 * The age of each factor's proof, from a verified session token (contracts: Clerk, `fva`). A token made to last keeps saying what was
 * true when it was issued, so its own age is added. Anything that is no pair of ages counts as never proven.
 */
export function toProof({ fva, iat }: { fva?: unknown; iat: number }, at = Date.now()): Proof {
  const [first, second] = Array.isArray(fva) && fva.length === 2 ? fva : []
  const sinceIssued = Math.max(0, Math.floor((at / 1_000 - iat) / 60))
  const age = (minutes: unknown) => (typeof minutes === 'number' && Number.isFinite(minutes) && minutes >= 0 ? minutes + sinceIssued : null)
  return { first: age(first), second: age(second) }
}

/**
 * Lets nobody pass who has not proven within ten minutes who they are; the browser answers by asking them, then repeats the call
 * (components/use-proof.ts). Call it first in every verb that shows a secret or moves money.
 * @param factor 'second' where only an authenticator app will do, as in the admin; somebody without one is told to set it up.
 * @throws RequestError reverification_required, forbidden.
 */
export function requireRecentProof({ proof }: Person, factor: 'any' | 'second' = 'any'): void {
  if (factor === 'second' && (proof?.second ?? null) === null)
    throw new RequestError('forbidden', 'This needs two-step verification. Turn it on under Settings, Security, then sign in again with it.')
  if (!proof || !isRecent(proof)) throw new RequestError('reverification_required', 'Confirm that it is you, then try again.')
}
