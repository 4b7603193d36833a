import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { runConnectionTask } from '@/lib/services/pangea/connections/run-connection-job'

export type Disconnected = { outcome: 'disconnected' | 'disconnecting' }

const LEASE_MS = 60_000

/**
 * Ends a connection: access at Plaid, then the token, then the history if so wished. What could not be done now is owed and done later; until
 * Plaid has confirmed, the token is kept. Asking again is answered the same, and can still erase what was kept.
 * @throws RequestError not_found; IntegrationError when the storage does not answer.
 */
export async function disconnectBank(
  person: UserActor,
  connectionId: string,
  { history }: { history: DataService.History }
): Promise<Disconnected> {
  if ((await DataService.requestRemoval(person, connectionId, history)) === 'removed') {
    if (history === 'erase') await DataService.eraseHistory(person, connectionId)
    return { outcome: 'disconnected' }
  }
  const task = await DataService.claimConnectionTask(person, {
    leaseMs: LEASE_MS,
    connectionId,
    kind: 'remove'
  })
  return { outcome: task && (await runConnectionTask(task)) ? 'disconnected' : 'disconnecting' }
}
