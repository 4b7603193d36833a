import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { runConnectionJob } from '@/lib/services/pangea/connections/run-connection-job'

export type Disconnected = { outcome: 'disconnected' | 'disconnecting' }

const LEASE_MS = 60_000

/**
 * Ends a connection: access at Plaid, then the token, then the history if so wished. What could not be done now is owed and done later; until
 * Plaid has confirmed, the token is kept. Asking again is answered the same, and can still erase what was kept.
 * @throws RequestError not_found; IntegrationError when the storage does not answer.
 */
export async function disconnectBank(
  actor: UserActor,
  connectionId: string,
  { history }: { history: DataService.History }
): Promise<Disconnected> {
  if ((await DataService.requestRemoval(actor, connectionId, history)) === 'removed') {
    if (history === 'erase') await DataService.eraseHistory(actor, connectionId)
    return { outcome: 'disconnected' }
  }
  const job = await DataService.claimConnectionTask(actor, {
    leaseMs: LEASE_MS,
    connectionId,
    kind: 'remove'
  })
  return { outcome: job && (await runConnectionJob(job)) ? 'disconnected' : 'disconnecting' }
}
