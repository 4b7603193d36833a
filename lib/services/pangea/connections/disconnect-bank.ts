import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { runConnectionJob } from '@/lib/services/pangea/connections/run-connection-job'
import { LEASE_MS, withJobLease } from '@/lib/services/pangea/worker/lease'

export type Disconnected = { outcome: 'disconnected' | 'disconnecting' }

/**
 * Disconnects a bank: removes the Item at Plaid, then the token, then the history if requested. If
 * Plaid is unreachable, the removal is queued and retried, and the token is kept until Plaid
 * confirms. Idempotent; a repeat can still erase kept history.
 * @throws RequestError not_found; IntegrationError if the storage does not respond.
 */
export async function disconnectBank(
  actor: UserActor,
  connectionId: string,
  { history }: { history: DataService.HistoryChoice }
): Promise<Disconnected> {
  if ((await DataService.requestRemoval(actor, connectionId, history)) === 'removed') {
    if (history === 'erase') await DataService.eraseHistory(actor, connectionId)
    return { outcome: 'disconnected' }
  }
  const job = await DataService.claimConnectionJob(actor, {
    leaseMs: LEASE_MS,
    connectionId,
    kind: 'remove'
  })
  const removed = job && (await withJobLease(job, () => runConnectionJob(job)))
  return { outcome: removed ? 'disconnected' : 'disconnecting' }
}
