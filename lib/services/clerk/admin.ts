import 'server-only'
import type { AdminActor, UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import { adminActor } from '@/lib/services/clerk/actor'
import { loadLiveSession } from '@/lib/services/clerk/live-session'
import { requireSecondFactor } from '@/lib/services/clerk/reverification'

/**
 * The user as an admin. Reads session, role and second factor live from Clerk, never from a token;
 * the second factor must have been verified in this session. Everyone else gets not_found.
 * @throws RequestError unauthenticated, not_found, forbidden, reverification_required;
 * IntegrationError when Clerk does not respond (contracts: Clerk, roles).
 */
export async function requireAdmin(actor: UserActor): Promise<AdminActor> {
  const { actor: liveActor, user } = await loadLiveSession(actor)
  if (user.publicMetadata.role !== 'admin')
    throw new RequestError('not_found', 'This page does not exist.', { rule: 'admin-role' })
  requireSecondFactor(liveActor)
  return adminActor(liveActor)
}
