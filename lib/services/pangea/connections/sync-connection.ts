import 'server-only'
import { hasTransactions, statusAfterError } from '@/lib/domain/connections/connection'
import type { QuarantinedRow } from '@/lib/domain/connections/sync-page'
import { systemActor } from '@/lib/domain/users/actor'
import { isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import { readProducts } from '@/lib/services/pangea/connections/read-products'
import { withCurrentToken } from '@/lib/services/pangea/connections/rotate-token'
import { runJob } from '@/lib/services/pangea/worker/run-job'
import * as AccountService from '@/lib/services/plaid'

const app = systemActor('sync')
const INSTITUTION_FRESH_MS = 24 * 3_600_000
const INSTITUTION_RETRY_MS = 3_600_000
/** Each attempt restarts the read several times itself. */
const STUCK_AFTER_ATTEMPTS = 3
const BEFORE_ALL_PAGES = -1

/**
 * Runs one claimed sync: stages every page as it arrives, then applies all of them in one guarded
 * commit. A run whose lease expired writes nothing; a failure is stored with its effect on the
 * Item.
 */
export const syncConnection = (run: DataService.SyncRun): Promise<boolean> => {
  const about = { runId: run.id, connectionId: run.connectionId, userId: run.userId }
  return runJob(run, {
    about,
    work: async () => {
      const count = await runSync(run)
      log.info('sync.committed', { ...about, count })
      if (run.trigger === 'reconcile' && count > 0)
        log.warn('sync.missed_webhook', { ...about, count })
    },
    fail: async (failure, error) => {
      const status = error?.service === 'plaid' ? statusAfterError(error.code) : null
      if (error?.service === 'plaid' && status !== 'revoked' && !error.outage)
        await refreshBalances(run)
      await DataService.failSync(
        run,
        failure,
        status && error ? { status, errorType: error.type, errorCode: error.code } : null
      )
    }
  })
}

/**
 * An institution that refuses transactions may still report balances; otherwise the run's failure
 * says why.
 */
async function refreshBalances(run: DataService.SyncRun): Promise<void> {
  try {
    const accessToken = await DataService.getAccessToken(app, run.connectionId)
    await DataService.saveBalances(
      run,
      await AccountService.listAccounts(
        { userId: run.userId, connectionId: run.connectionId },
        accessToken
      )
    )
  } catch (thrown) {
    if (!isIntegrationError(thrown)) throw thrown
  }
}

/** The Item has no transactions: only balances are read. */
const NO_TRANSACTIONS = {
  nextCursor: null,
  history: 'HISTORICAL_UPDATE_COMPLETE',
  staged: false
}

const mayHaveTransactions = ({ accounts }: DataService.SyncRun): boolean =>
  accounts.length === 0 || accounts.some(hasTransactions)

async function runSync(run: DataService.SyncRun): Promise<number> {
  const accessToken = await DataService.getAccessToken(app, run.connectionId)
  return withCurrentToken(run.connectionId, accessToken, () => readAndCommit(run, accessToken))
}

async function readAndCommit(run: DataService.SyncRun, accessToken: string): Promise<number> {
  const context = { userId: run.userId, connectionId: run.connectionId }
  const { nextCursor, history, staged } = mayHaveTransactions(run)
    ? await stageChanges(run, context, accessToken)
    : NO_TRANSACTIONS
  const [{ accounts, quarantined }, item] = await Promise.all([
    AccountService.getAccounts(context, accessToken),
    AccountService.getItem(context, accessToken)
  ])
  const products = await readProducts(context, accessToken, item)
  const retried = await stageQuarantined(run, quarantined)
  const committed = await DataService.commitSync(run, {
    nextCursor,
    history,
    accounts,
    everyAccountRead: quarantined.length === 0,
    staged: staged || retried,
    bankDataAt: item.bankDataAt,
    status: item.errorCode ? (statusAfterError(item.errorCode) ?? 'error') : 'good',
    errorType: item.errorType,
    errorCode: item.errorCode,
    ...products
  })
  if (item.institutionId)
    await refreshInstitution({ id: item.institutionId, name: item.institutionName ?? 'Your bank' })
  return committed.added + committed.modified + committed.removed
}

/**
 * Re-reads quarantined transactions after a mapping upgrade, or when a user or admin requests a
 * sync. They are older than everything in this run, so they form its first page. @returns whether
 * there are any.
 */
async function stageQuarantined(
  run: DataService.SyncRun,
  accounts: QuarantinedRow[]
): Promise<boolean> {
  const all = run.trigger === 'person' || run.trigger === 'admin'
  const bodies = await DataService.listQuarantined(run, {
    mappingVersion: AccountService.MAPPING_VERSION,
    all
  })
  if (bodies.length + accounts.length === 0) return false
  const page = AccountService.reparseQuarantined(bodies)
  await DataService.stagePage(run, BEFORE_ALL_PAGES, {
    ...page,
    quarantined: [...(page.quarantined ?? []), ...accounts]
  })
  return true
}

/** The end of the read, and whether a page was staged. */
type StagedEnd = AccountService.SyncEnd & { staged: boolean }

/**
 * Reads from the run's cursor. If Plaid rejects the cursor, reads everything and removes what is
 * no longer listed, including pending transactions if the run asks for it.
 */
async function stageChanges(
  run: DataService.SyncRun,
  context: AccountService.CallContext,
  accessToken: string
): Promise<StagedEnd> {
  const pendingOnly = run.trigger === DataService.STALE_PENDING
  const all = async () => {
    const end = await stagePages(run, AccountService.readChanges(context, accessToken, null))
    if (end.nextCursor === null) return end
    await DataService.stageRemovals(run, { pendingOnly })
    return { ...end, staged: true }
  }
  if (run.cursor !== null && pendingOnly) return all()
  try {
    return await stagePages(run, AccountService.readChanges(context, accessToken, run.cursor))
  } catch (thrown) {
    if (run.cursor === null || !isIntegrationError(thrown) || !isCursorRejected(run, thrown.code))
      throw thrown
    log.warn('sync.restarted', {
      runId: run.id,
      connectionId: run.connectionId,
      userId: run.userId,
      code: thrown.code
    })
    await DataService.deleteStagedPages(run)
    return all()
  }
}

/** A page without a row is not stored. */
async function stagePages(
  run: DataService.SyncRun,
  pages: AsyncIterable<AccountService.PulledPage>
): Promise<StagedEnd> {
  let staged = false
  for await (const { n, page, restarted, end } of pages) {
    if (restarted) await DataService.deleteStagedPages(run)
    if (hasRows(page)) {
      await DataService.stagePage(run, n, page)
      staged = true
    }
    if (end) return { ...end, staged }
  }
  throw new Error("Plaid's pages ended before the last page")
}

const hasRows = ({
  added,
  modified,
  removed,
  quarantined = []
}: AccountService.PulledPage['page']) =>
  added.length + modified.length + removed.length + quarantined.length > 0

/**
 * The cursor is the only request field that this error can refer to. A cursor whose read is
 * interrupted in every attempt is stuck and treated the same.
 */
function isCursorRejected(run: DataService.SyncRun, code: string): boolean {
  return (
    code === AccountService.INVALID_CURSOR ||
    (code === 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION' &&
      run.attempts >= STUCK_AFTER_ATTEMPTS)
  )
}

/**
 * At most one lookup per institution and day across users and processes. A failure only costs the
 * logo.
 */
async function refreshInstitution({ id, name }: { id: string; name: string }): Promise<void> {
  if (!(await DataService.claimInstitution({ id, name }, { everyMs: INSTITUTION_FRESH_MS }))) return
  try {
    await DataService.saveInstitution(await AccountService.getInstitution(id))
    log.info('institution.fetched', { institutionId: id })
  } catch (thrown) {
    if (!isIntegrationError(thrown)) throw thrown
    log.warn('institution.unavailable', {
      service: thrown.service,
      code: thrown.code,
      institutionId: id
    })
    await DataService.retryInstitutionLater(id, { inMs: INSTITUTION_RETRY_MS })
  }
}
