import 'server-only'
import { system } from '../../domain/actor'
import { statusAfterError } from '../../domain/bank-connection'
import { IntegrationError } from '../../platform/errors'
import { log } from '../../platform/log'
import * as AccountService from '../accounts'
import * as DataService from '../data'

const app = system('sync')
const INSTITUTION_FRESH_MS = 24 * 3_600_000

/**
 * Carries one claimed run to its end: every page is staged as it arrives, then one guarded commit applies them all. A run whose lease was
 * lost writes nothing; a failure is written on the run with what it says about the Item.
 */
export async function syncConnection(run: DataService.SyncRun): Promise<void> {
  try {
    const changed = await pull(run)
    log.info('sync.committed', { runId: run.id, connectionId: run.connectionId, userId: run.userId, count: changed })
  } catch (thrown) {
    const error = thrown instanceof IntegrationError ? thrown : new IntegrationError({ service: 'plaid', code: 'UNKNOWN', retryable: true })
    if (!(thrown instanceof IntegrationError)) log.error('sync.fault', { runId: run.id, fault: thrown instanceof Error ? thrown.name : 'unknown' })
    const { service, code, retryable, retryAfterMs, type } = error
    log.warn('sync.failed', { runId: run.id, connectionId: run.connectionId, userId: run.userId, service, code })
    const status = service === 'plaid' ? statusAfterError(code) : null
    await DataService.failSync(run, { service, code, retryable, retryAfterMs, item: status ? { status, errorType: type, errorCode: code } : null })
  }
}

async function pull(run: DataService.SyncRun): Promise<number> {
  const context = { userId: run.userId, connectionId: run.connectionId }
  const accessToken = await DataService.getAccessToken(app, run.connectionId)
  const { nextCursor, history } = await AccountService.changes(
    context,
    accessToken,
    run.cursor,
    (page, n) => DataService.stagePage(run, n, page),
    () => DataService.dropStagedPages(run)
  )
  const [accounts, item] = await Promise.all([AccountService.listAccounts(context, accessToken), AccountService.getItem(context, accessToken)])
  const committed = await DataService.commitSync(run, {
    nextCursor,
    history,
    accounts,
    bankDataAt: item.bankDataAt,
    status: item.errorCode ? (statusAfterError(item.errorCode) ?? 'error') : 'good',
    errorType: item.errorType,
    errorCode: item.errorCode
  })
  if (item.institutionId) await refreshInstitution(item.institutionId)
  return committed.added + committed.modified + committed.removed
}

/** At most one look-up per institution and day, however many people bank there; a failure costs a logo, nothing else. */
async function refreshInstitution(institutionId: string): Promise<void> {
  if (await DataService.findInstitution(app, institutionId, { freshFor: INSTITUTION_FRESH_MS })) return
  try {
    await DataService.storeInstitution(app, await AccountService.getInstitution(institutionId))
  } catch (thrown) {
    if (!(thrown instanceof IntegrationError)) throw thrown
    log.warn('institution.unavailable', { service: thrown.service, code: thrown.code })
  }
}
