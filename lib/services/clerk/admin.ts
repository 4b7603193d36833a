import 'server-only'
import type { AdminActor, UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import { adminActor } from '@/lib/services/clerk/actor'
import { loadLiveSession } from '@/lib/services/clerk/live-session'
import { requireSecondFactor } from '@/lib/services/clerk/reverification'

/**
 * The user as an administrator. Session, role and second factor are asked of Clerk at this moment, never read from a token that may be older; for everybody
 * else there is nothing here. The second factor has to have been verified in this session.
 * @throws RequestError unauthenticated, not_found, forbidden, reverification_required; IntegrationError when Clerk does not answer (contracts: Clerk, administrators).
 */
export async function requireAdmin(actor: UserActor): Promise<AdminActor> {
  const { actor: liveActor, user } = await loadLiveSession(actor)
  if (user.publicMetadata.role !== 'admin')
    throw new RequestError('not_found', 'This page does not exist.')
  requireSecondFactor(liveActor)
  return adminActor(liveActor)
}
