import 'server-only'
import { type AdminActor, systemActor } from '@/lib/domain/users/actor'
import { randomToken } from '@/lib/platform/crypto'
import { env } from '@/lib/platform/env'
import { RequestError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'
import { requireLinkLimit } from '@/lib/services/pangea/rate-limits'
import { requireAccess } from '@/lib/services/pangea/users/administer'
import { runJob } from '@/lib/services/pangea/worker/run-job'

const app = systemActor('lock_link')
const LINK_TTL_MS = 30 * 24 * 3_600_000

/**
 * A link for the e-mail of a message: its holder may lock the user's transfers, once. The
 * token is in the fragment, which browsers send to no server.
 */
export async function createLockUrl(messageId: string): Promise<string> {
  const token = randomToken()
  await DataService.saveLockLink(app, { messageId, token, ttlMs: LINK_TTL_MS })
  return `${env().appUrl}/lock#${token}`
}

const REFUSALS: Record<Exclude<DataService.LockOutcome, 'locked'>, RequestError> = {
  used: new RequestError(
    'conflict',
    'This link was used before. Sign in to see whether transfers are still locked, or contact us.'
  ),
  expired: new RequestError(
    'conflict',
    'This link has expired. Change your password, then contact us to lock transfers.'
  ),
  unknown: new RequestError(
    'not_found',
    'This link is not complete. Open it from the e-mail again, or contact us to lock transfers.'
  )
}

/**
 * "This wasn't me": locks the transfers of the link's user at once; their sessions end in the job
 * that this enqueues. Needs no session. @throws RequestError conflict, not_found,
 * too_many_requests.
 */
export async function lockTransfers({ token }: { token: string }): Promise<void> {
  await requireLinkLimit(token)
  const outcome = await DataService.lockByLink(app, token)
  if (outcome !== 'locked') throw REFUSALS[outcome]
  log.warn('transfers.locked', {})
}

/** Ends the sessions of a locked user at Clerk; repeated until Clerk confirms. */
export const signOutLockedUser = (lock: DataService.LockJob): Promise<boolean> =>
  runJob(lock, {
    about: { userId: lock.userId },
    work: async () => {
      await AuthService.signOutEverywhere(lock.userId)
      await DataService.completeJob(lock)
    }
  })

/**
 * Lifts a lock after the admin verified the user by another way; the reason stays in the audit log.
 * @throws RequestError not_found, also without access to the user.
 */
export async function unlockTransfers(
  admin: AdminActor,
  { userId, reason }: { userId: string; reason: string }
): Promise<void> {
  await requireAccess(admin, userId)
  if (!(await DataService.liftLock(admin, { userId, reason })))
    throw new RequestError('not_found', 'Transfers of this user are not locked.')
}
