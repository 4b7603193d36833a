/** What an admin may do. Each action needs a recent second factor (declared by its route) and a reason that stays in the audit log. */
import 'server-only'
import type { AdminActor } from '@/lib/domain/users/actor'
import type { ActivityTimeline } from '@/lib/domain/users/admin'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { deleteMyData } from '@/lib/services/pangea/users/delete-my-data'

/** How long one reason is good for. */
const ACCESS_MS = 30 * 60_000

/** The trail of somebody whom the administrator has a reason to look at; null where they have not given one lately. @throws RequestError not_found. */
export async function findActivityTimeline(
  admin: AdminActor,
  userId: string
): Promise<ActivityTimeline | null> {
  if (!(await DataService.hasLooked(admin, { userId, withinMs: ACCESS_MS }))) return null
  return DataService.getTrail(userId)
}

/** Has everything about a person deleted, as if they had asked. @returns under which id it can be followed. @throws RequestError not_found. */
export async function deleteUser(
  admin: AdminActor,
  { userId, reason }: { userId: string; reason: string }
): Promise<{ id: string }> {
  if (!(await findActivityTimeline(admin, userId)))
    throw new RequestError(
      'not_found',
      'There is no such user, or you have not given a reason to view them.'
    )
  return deleteMyData(admin, { userId, origin: 'admin', reason })
}
