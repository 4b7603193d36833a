import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { REFRESH_COOLDOWN_MS, requireCooldown } from '@/lib/services/pangea/rate-limits'

/**
 * Requests a sync of one bank. @returns the cooldown in milliseconds.
 * @throws RequestError not_found, conflict (being disconnected), too_many_requests.
 */
export async function requestSync(
  actor: UserActor,
  connectionId: string
): Promise<{ restMs: number }> {
  const { disconnectRequested } = await DataService.getConnection(actor, connectionId)
  if (disconnectRequested) throw new RequestError('conflict', 'This bank is being disconnected.')
  await requireCooldown(actor, connectionId)
  await DataService.requestSync(actor, connectionId, 'person')
  return { restMs: REFRESH_COOLDOWN_MS }
}
