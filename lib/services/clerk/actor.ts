import 'server-only'
import type { AdminActor, UserActor } from '@/lib/domain/users/actor'
import type { Reverification } from '@/lib/domain/users/reverification'

/** Called with what a verified session token says. */
export const userActor = (userId: string, sessionId?: string, proof?: Reverification): UserActor =>
  ({
    kind: 'person',
    userId,
    ...(sessionId ? { sessionId } : {}),
    ...(proof ? { reverification: proof } : {})
  }) as UserActor

/** The owner of a row that a job works on. Without a session, so no live check and no step-up lets it pass. */
export const ownerActor = (userId: string): UserActor => userActor(userId)

/** Called once Clerk has confirmed the role and the second factor. */
export const adminActor = (user: UserActor): AdminActor => ({ ...user, admin: true }) as AdminActor
