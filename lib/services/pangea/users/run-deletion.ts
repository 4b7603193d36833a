import 'server-only'
import { systemActor } from '@/lib/domain/users/actor'
import {
  POCKET_NOT_EMPTY,
  POCKET_OVERDRAWN,
  TRANSFER_IN_PROGRESS
} from '@/lib/domain/users/deletion'
import { IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { refreshAccount } from '@/lib/services/pangea/account/open-account'
import { runConnectionJob } from '@/lib/services/pangea/connections/run-connection-job'
import { runJob } from '@/lib/services/pangea/worker/run-job'

const app = systemActor('deletion')
const JOB_LEASE_MS = 20_000
/** Money takes its owner a while to move. */
const BALANCE_POLL_MS = 60_000

/**
 * Carries one wish for deletion as far as it will go: Items at Plaid, the account at Jiko, the rows here, the login at Clerk. Each step looks at what is still
 * there, so that it can be cut off anywhere and done again; a vendor that does not answer leaves it waiting for another attempt.
 */
export const runDeletion = (deletion: DataService.Deletion): Promise<boolean> =>
  runJob(deletion, {
    work: async () => {
      await removeItems(deletion)
      await closeBankAccount(deletion)
      if (!(await DataService.erasePerson(deletion))) {
        const blocker = (await DataService.findErasureBlocker(deletion)) ?? 'ABANDONED'
        throw blocked(blocker === TRANSFER_IN_PROGRESS ? 'jiko' : 'xata', blocker)
      }
      await AuthService.deleteUser(deletion.userId)
      await DataService.completeDeletion(deletion)
      log.info('deletion.completed', { attempts: deletion.attempts })
    }
  })

const blocked = (
  service: 'plaid' | 'jiko' | 'xata',
  code: string,
  retryAfterMs: number | null = null
) => new IntegrationError({ service, code, retryable: true, retryAfterMs })

async function removeItems(deletion: DataService.Deletion): Promise<void> {
  for (const connectionId of await DataService.requestRemovals(app, deletion)) {
    const job = await DataService.claimConnectionTask(app, {
      leaseMs: JOB_LEASE_MS,
      connectionId,
      kind: 'remove'
    })
    if (job) await runConnectionJob(job)
  }
  const left = await DataService.findUnremoved(deletion)
  if (left) throw blocked('plaid', left.code ?? 'UNFINISHED')
  await DataService.storeDeletionStep(deletion, 'items')
}

/** An application that the bank has not decided cannot be taken back; nothing is opened for it here any more. */
async function closeBankAccount(deletion: DataService.Deletion): Promise<void> {
  const ids = await DataService.findBankIds(app, deletion)
  if (ids?.busy) throw blocked('jiko', 'BUSY')
  if (ids?.moving) throw blocked('jiko', TRANSFER_IN_PROGRESS, BALANCE_POLL_MS)
  const customerId =
    ids?.jikoCustomerId ??
    (ids?.jikoApplicationId
      ? await findApprovedCustomer(ids.jikoApplicationId, deletion.userId)
      : null)
  if (customerId) {
    const released = await BankingService.releaseCustomer(customerId, deletion)
    if (released.outcome === 'funded') {
      // What its owner has to move is what the account page shows.
      const account = await DataService.findBankAccount(AuthService.ownerActor(deletion.userId))
      if (account) await refreshAccount(app, { ...account, userId: deletion.userId })
      throw blocked(
        'jiko',
        released.balance.minor < 0n ? POCKET_OVERDRAWN : POCKET_NOT_EMPTY,
        BALANCE_POLL_MS
      )
    }
    if (released.keptOpen > 0)
      log.info('deletion.pockets_left_open', { service: 'jiko', count: released.keptOpen })
  }
  await DataService.storeDeletionStep(deletion, 'bank')
}

/** The bank may have approved what nobody has asked about since. */
async function findApprovedCustomer(
  jikoApplicationId: string,
  userId: string
): Promise<string | null> {
  try {
    return (await BankingService.getApplication(jikoApplicationId, { userId })).customerId
  } catch (thrown) {
    if (isIntegrationError(thrown) && thrown.code === 'NOT_FOUND') return null
    throw thrown
  }
}
