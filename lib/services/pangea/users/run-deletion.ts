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
import { LEASE_MS, withJobLease } from '@/lib/services/pangea/worker/lease'
import { runJob } from '@/lib/services/pangea/worker/run-job'

const app = systemActor('deletion')
/** The owner needs time to move the money. */
const BALANCE_POLL_MS = 60_000

/**
 * Runs a deletion as far as possible: Items at Plaid, the account at Jiko, the stored rows, the
 * login at Clerk. Each step checks what is left, so it can be interrupted and repeated; an
 * unreachable vendor leaves it for the next attempt.
 */
export const runDeletion = (deletion: DataService.Deletion): Promise<boolean> =>
  runJob(deletion, {
    work: async () => {
      await removeItems(deletion)
      await closeBankAccount(deletion)
      if (!(await DataService.eraseUser(deletion))) {
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
  for (const connectionId of await DataService.requestItemRemovals(app, deletion)) {
    const job = await DataService.claimConnectionJob(app, {
      leaseMs: LEASE_MS,
      connectionId,
      kind: 'remove'
    })
    if (job) await withJobLease(job, () => runConnectionJob(job))
  }
  const left = await DataService.findPendingRemoval(deletion)
  if (left) throw blocked('plaid', left.code ?? 'UNFINISHED')
  await DataService.saveDeletionStep(deletion, 'items')
}

/**
 * An undecided application cannot be withdrawn at Jiko; no account is opened for it here any more.
 */
async function closeBankAccount(deletion: DataService.Deletion): Promise<void> {
  const ids = await DataService.findJikoIds(app, deletion)
  if (ids?.busy) throw blocked('jiko', 'BUSY')
  if (ids?.moving) throw blocked('jiko', TRANSFER_IN_PROGRESS, BALANCE_POLL_MS)
  const customerId =
    ids?.jikoCustomerId ??
    (ids?.jikoApplicationId
      ? await findApprovedCustomer(ids.jikoApplicationId, deletion.userId)
      : null)
  if (customerId) {
    const released = await BankingService.closeCustomer(customerId, deletion)
    if (released.outcome === 'funded') {
      // The balance that the account page shows its owner.
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
  await DataService.saveDeletionStep(deletion, 'bank')
}

/** Jiko may have approved the application since the last check. */
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
