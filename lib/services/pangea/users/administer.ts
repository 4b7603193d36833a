/**
 * Admin actions. Each requires a recent second factor (declared by its route) and a reason that
 * the audit log keeps.
 */
import 'server-only'
import type { AdminActor } from '@/lib/domain/users/actor'
import type { ActivityTimeline } from '@/lib/domain/users/admin'
import { env } from '@/lib/platform/env'
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

/** @throws RequestError not_found without such a user, or without a recent reason to view them. */
export async function requireAccess(admin: AdminActor, userId: string): Promise<void> {
  if (!(await findActivityTimeline(admin, userId)))
    throw new RequestError(
      'not_found',
      'There is no such user, or you have not given a reason to view them.'
    )
}

/** An approval counts for this long. */
const APPROVAL_MS = 24 * 3_600_000

/**
 * Deletes a user as if they had asked, once as many different admins asked for it as the settings
 * say (ADMIN_APPROVALS). @returns the deletion's id, or how many admins are still missing.
 * @throws RequestError not_found.
 */
export async function deleteUser(
  admin: AdminActor,
  { userId, reason }: { userId: string; reason: string }
): Promise<{ id: string | null; missing: number }> {
  await requireAccess(admin, userId)
  const approvals = await DataService.approveRemoval(admin, {
    userId,
    reason,
    withinMs: APPROVAL_MS
  })
  const missing = Math.max(0, env().adminApprovals - approvals)
  if (missing > 0) return { id: null, missing }
  const { id } = await deleteMyData(admin, { userId, origin: 'admin', reason })
  return { id, missing: 0 }
}
