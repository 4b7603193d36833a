import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { LOCKED_MESSAGE } from '@/lib/services/pangea/transfers/protection-messages'

/**
 * For what moves money or adds a destination for it. @throws RequestError conflict while the user's
 * transfers are locked.
 */
export async function requireNoLock(actor: UserActor): Promise<void> {
  if (await DataService.findTransferLock(actor))
    throw new RequestError('conflict', `${LOCKED_MESSAGE}. Nothing was changed.`)
}
