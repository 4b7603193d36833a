import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { REFRESH_EVERY_MS, requireRest } from '@/lib/services/pangea/rate-limits'

/**
 * Asks for a fresh look at one of the person's banks. @returns for how long the bank is left alone now.
 * @throws RequestError not_found, conflict (being disconnected), too_many_requests.
 */
export async function requestSync(
  person: UserActor,
  connectionId: string
): Promise<{ restMs: number }> {
  const { leaving } = await DataService.getConnection(person, connectionId)
  if (leaving) throw new RequestError('conflict', 'This bank is being disconnected.')
  await requireRest(person, connectionId)
  await DataService.requestSync(person, connectionId, 'person')
  return { restMs: REFRESH_EVERY_MS }
}
