/**
 * Admin actions. Each requires a recent second factor (declared by its route) and a reason that
 * the audit log keeps.
 */
import 'server-only'
import type { AdminActor } from '@/lib/domain/users/actor'
import type { ActivityTimeline } from '@/lib/domain/users/admin'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { deleteMyData } from '@/lib/services/pangea/users/delete-my-data'

/** How long one reason grants access. */
const ACCESS_MS = 30 * 60_000

/**
 * A user's activity, for an admin who gave a reason; null without a recent one. @throws
 * RequestError not_found.
 */
export async function findActivityTimeline(
  admin: AdminActor,
  userId: string
): Promise<ActivityTimeline | null> {
  if (!(await DataService.hasAccess(admin, { userId, withinMs: ACCESS_MS }))) return null
  return DataService.getActivityTimeline(userId)
}

/**
 * Deletes a user as if they had asked. @returns the deletion's id. @throws RequestError not_found.
 */
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
