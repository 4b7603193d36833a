import 'server-only'
import type { AdminActor, UserActor } from '@/lib/domain/users/actor'
import type { Reverification } from '@/lib/domain/users/reverification'

/** Creates the actor from the claims of a verified session token. */
export const userActor = (
  userId: string,
  sessionId?: string,
  reverification?: Reverification,
  network?: string | null
): UserActor =>
  ({
    kind: 'person',
    userId,
    ...(sessionId ? { sessionId } : {}),
    ...(reverification ? { reverification } : {}),
    ...(network ? { network } : {})
  }) as UserActor

/**
 * The owner of a row that a job processes. It has no session, so live checks and step-up always
 * refuse it.
 */
export const ownerActor = (userId: string): UserActor => userActor(userId)

/** Called after Clerk confirmed the role and the second factor. */
export const adminActor = (user: UserActor): AdminActor => ({ ...user, admin: true }) as AdminActor
