import 'server-only'
import type { User } from '@clerk/backend'
import type { UserActor } from '@/lib/domain/users/actor'
import { reverificationFor } from '@/lib/domain/users/reverification'
import { isIntegrationError, RequestError } from '@/lib/platform/errors'
import { callClerk, clerk } from '@/lib/services/clerk/client'

const signedOut = () => new RequestError('unauthenticated', 'Sign in to continue.')

/**
 * Checks session and user live with Clerk: a token outlives a revoked session or a banned user by
 * up to a minute. Routes that move money, reveal numbers, export or delete declare `live` or
 * `stepUp`; admin routes always check (app/_lib/route.ts).
 * @returns the actor with the age of each factor.
 * @throws RequestError unauthenticated, or forbidden while the user is locked; IntegrationError if
 * Clerk does not respond.
 */
export const requireLiveSession = async (actor: UserActor): Promise<UserActor> =>
  (await loadLiveSession(actor)).actor

/** Also returns Clerk's user record. */
export async function loadLiveSession(actor: UserActor): Promise<{ actor: UserActor; user: User }> {
  const { userId, sessionId } = actor
  if (!sessionId) throw signedOut()
  const [session, user] = await Promise.all([
    callClerk('sessions.get', userId, () => clerk().sessions.getSession(sessionId)),
    callClerk('users.get', userId, () => clerk().users.getUser(userId))
  ]).catch((thrown: unknown) => {
    throw isIntegrationError(thrown) && thrown.code === 'resource_not_found' ? signedOut() : thrown
  })
  if (session.status !== 'active' || session.userId !== userId || user.banned || user.deprovisioned)
    throw signedOut()
  if (user.locked)
    throw new RequestError(
      'forbidden',
      'Your login is locked after too many attempts. Try again in an hour, or contact us.'
    )
  const reverification = reverificationFor(
    actor.reverification ?? { firstFactorAge: null, secondFactorAge: null },
    {
      enrolledAt: enrolledAt(user),
      sessionAt: session.createdAt
    }
  )
  return { actor: { ...actor, reverification }, user }
}

/**
 * Clerk's `mfa_enabled_at`, which the SDK does not type. Missing for users who enrolled before
 * Clerk recorded it.
 */
function enrolledAt({ twoFactorEnabled, raw }: User): number | null {
  if (!twoFactorEnabled) return null
  const at = raw && 'mfa_enabled_at' in raw ? raw.mfa_enabled_at : null
  return typeof at === 'number' ? at : 0
}
