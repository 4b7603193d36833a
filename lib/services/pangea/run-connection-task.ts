import 'server-only'
import { system } from '../../domain/actor'
import { statusAfterError } from '../../domain/bank-connection'
import { isIntegrationError, UNKNOWN_FAULT } from '../../platform/errors'
import { log } from '../../platform/log'
import * as AccountService from '../accounts'
import * as DataService from '../data'
import { plaidWebhookUrl } from './connect-bank'

const app = system('connection-task')

/** Does what is owed to Plaid about one connection. Each step may be done any number of times. @returns whether it is done. */
export async function runConnectionTask(task: DataService.ConnectionTask): Promise<boolean> {
  const { connectionId, userId } = task
  try {
    if (task.kind === 'remove') await removeItem(task)
    else await moveWebhook(task)
    log.info('connection.task_done', { connectionId, userId, type: task.kind })
    return true
  } catch (thrown) {
    const error = isIntegrationError(thrown) ? thrown : null
    if (!error) log.error('connection.task_fault', { connectionId, userId, fault: thrown instanceof Error ? thrown.name : 'unknown' })
    const { service, code, retryAfterMs } = error ?? UNKNOWN_FAULT
    log.warn('connection.task_failed', { connectionId, userId, type: task.kind, service, code })
    await DataService.failConnectionTask(task, { service, code, retryAfterMs })
    return false
  }
}

/** The token is shredded only after Plaid has confirmed: without it, nobody could end the access. */
async function removeItem(task: DataService.ConnectionTask): Promise<void> {
  const accessToken = await DataService.getAccessToken(app, task.connectionId)
  await AccountService.remove({ userId: task.userId, connectionId: task.connectionId }, accessToken)
  await DataService.storeRemoval(task)
}

async function moveWebhook(task: DataService.ConnectionTask): Promise<void> {
  const url = plaidWebhookUrl()
  const accessToken = await DataService.getAccessToken(app, task.connectionId)
  try {
    await AccountService.updateWebhook({ userId: task.userId, connectionId: task.connectionId }, accessToken, url)
    await DataService.storeWebhookUrl(app, task.connectionId, url)
  } catch (thrown) {
    const status = isIntegrationError(thrown) ? statusAfterError(thrown.code) : null
    // An Item that is gone has no address to keep.
    if (!isIntegrationError(thrown) || status !== 'revoked') throw thrown
    await DataService.storeItemStatus(app, task.connectionId, { status, errorType: thrown.type, errorCode: thrown.code })
  }
  await DataService.completeConnectionTask(task)
}
