import 'server-only'
import { systemActor } from '@/lib/domain/users/actor'
import { now, uptime } from '@/lib/platform/clock'
import { isIntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import { refreshAccount } from '@/lib/services/pangea/account/open-account'
import { checkItem } from '@/lib/services/pangea/connections/check-item'
import { scheduleTokenRotations } from '@/lib/services/pangea/connections/rotate-token'
import { onboardUser } from '@/lib/services/pangea/onboarding/onboard-user'
import { reconcileTransfers } from '@/lib/services/pangea/transfers/compare-transfers'
import { pollCounterparties } from '@/lib/services/pangea/transfers/link-funding-bank'
import { pollEvents } from '@/lib/services/pangea/webhooks/poll-events'
import { canPlaidReachUs } from '@/lib/services/pangea/webhooks/webhook-urls'
import { deleteExpiredRows } from '@/lib/services/pangea/worker/clean-up'
import * as AccountService from '@/lib/services/plaid'

const app = systemActor('reconcile')
const BATCH = 20
/** How long a row may be without news before the vendor is polled. */
const APPLICATION_POLL_MS = 20_000
const HISTORY_POLL_MS = 20_000
const CONNECTION_POLL_MS = 6 * 3_600_000
/** The page promises retries while an institution is down. */
const INSTITUTION_DOWN_POLL_MS = 90_000
/** Polling is the only way if no webhook can arrive. */
const NO_WEBHOOK_POLL_MS = 15 * 60_000
const ACCOUNT_POLL_MS = 15 * 60_000
/** Jiko does not document whether incoming transfers have an event. */
const TRANSFER_POLL_MS = 5 * 60_000
/** The other bank may return money long after settlement. */
const LEDGER_POLL_MS = 24 * 3_600_000
const COUNTERPARTY_POLL_MS = 30_000
const EVERY_MS = 10_000
/**
 * Most banks post within 14 days. Older pending rows are checked weekly, because the answer is a
 * full history.
 */
const STALE_PENDING_MS = 14 * 24 * 3_600_000
const STALE_PENDING_AGAIN_MS = 7 * 24 * 3_600_000
const STALE_EVERY_MS = 3_600_000
/** The day's last balance is stored before the next day replaces it. */
const BALANCES_EVERY_MS = 60_000
const BALANCES_BATCH = 500

const reconcileState = () => singleton('reconcile', () => ({ at: 0, staleAt: 0, balancesAt: 0 }))

/**
 * Catches up with lost webhooks and with changes that have none. Cheap if nothing is due; a
 * failing part does not stop the others.
 */
export async function reconcile(): Promise<void> {
  const state = reconcileState()
  if (uptime() < state.at) return
  state.at = uptime() + EVERY_MS
  await tryStep('reconcile.events', null, pollEvents)
  await pollApplications()
  await reconcileLedgers()
  await pollCounterparties(app, { checkedBefore: ago(COUNTERPARTY_POLL_MS) })
  await pollBankAccounts()
  const silentSince = ago(canPlaidReachUs() ? CONNECTION_POLL_MS : NO_WEBHOOK_POLL_MS)
  const silent = await DataService.listStaleConnections({
    loadingBefore: ago(HISTORY_POLL_MS),
    before: silentSince,
    mappingVersion: AccountService.MAPPING_VERSION,
    limit: BATCH
  })
  for (const { id } of silent) await DataService.requestSync(app, id, 'reconcile')
  await pollBrokenConnections(ago(CONNECTION_POLL_MS))
  await recordDailyBalances(state)
  if (uptime() < state.staleAt) return
  await DataService.ensureSystemJobs()
  await resyncStalePending()
  await scheduleTokenRotations()
  await deleteExpiredRows()
  state.staleAt = uptime() + STALE_EVERY_MS
}

/** Checks whether Plaid still lists old pending transactions; unlisted ones are removed. */
export async function resyncStalePending(): Promise<void> {
  const date = ago(STALE_PENDING_MS).toISOString().slice(0, 10)
  const stale = await DataService.listStalePending({
    date,
    askedBefore: ago(STALE_PENDING_AGAIN_MS),
    limit: BATCH
  })
  for (const { id } of stale) await DataService.requestSync(app, id, DataService.STALE_PENDING)
}

async function recordDailyBalances(state: { balancesAt: number }): Promise<void> {
  if (uptime() < state.balancesAt) return
  while ((await DataService.recordBalances({ limit: BALANCES_BATCH })) >= BALANCES_BATCH);
  state.balancesAt = uptime() + BALANCES_EVERY_MS
}

/**
 * LOGIN_REPAIRED webhooks can be lost, and syncs have stopped: poll /item/get, which does not
 * contact the institution.
 */
async function pollBrokenConnections(lookedAtBefore: Date): Promise<void> {
  for (const connection of await DataService.claimBrokenConnections({
    lookedAtBefore,
    downBefore: ago(INSTITUTION_DOWN_POLL_MS),
    limit: BATCH
  })) {
    await tryStep('reconcile.connection', connection.userId, async () => {
      const status = await checkItem(app, connection, { trigger: 'reconcile' })
      if (status === 'good')
        log.warn('connection.missed_webhook', {
          userId: connection.userId,
          connectionId: connection.id,
          count: 1
        })
    })
  }
}

const ago = (ms: number) => new Date(now().getTime() - ms)

async function pollApplications(): Promise<void> {
  for (const { jikoApplicationId, userId } of await DataService.listOpenApplications({
    checkedBefore: ago(APPLICATION_POLL_MS),
    limit: BATCH
  }))
    await tryStep('reconcile.application', userId, () => onboardUser(app, { jikoApplicationId }))
}

async function reconcileLedgers(): Promise<void> {
  const silent = {
    openBefore: ago(TRANSFER_POLL_MS),
    before: ago(LEDGER_POLL_MS),
    limit: BATCH
  }
  for (const account of await DataService.listAccountsToReconcile(silent))
    await tryStep('reconcile.transfers', account.userId, async () => {
      const { updated: moved } = await reconcileTransfers(app, account)
      if (moved > 0) await refreshAccount(app, account)
    })
}

/** Jiko sends no event when a pocket opens, freezes or closes. */
async function pollBankAccounts(): Promise<void> {
  const asked = {
    unsettledBefore: ago(APPLICATION_POLL_MS),
    before: ago(ACCOUNT_POLL_MS),
    limit: BATCH
  }
  for (const account of await DataService.listStaleBankAccounts(asked))
    await tryStep('reconcile.account', account.userId, () => refreshAccount(app, account))
}

async function tryStep(
  event: string,
  userId: string | null,
  run: () => Promise<unknown>
): Promise<void> {
  try {
    await run()
  } catch (thrown) {
    if (!isIntegrationError(thrown)) throw thrown
    log.warn(event, { service: thrown.service, code: thrown.code, ...(userId ? { userId } : {}) })
  }
}
