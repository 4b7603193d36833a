import 'server-only'
import { systemActor } from '@/lib/domain/users/actor'
import { statusAfterError } from '@/lib/domain/connections/connection'
import { isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as AccountService from '@/lib/services/plaid'
import * as DataService from '@/lib/services/data'
import { plaidWebhookUrl } from '@/lib/services/pangea/connections/connect-bank'
import { runJob } from '@/lib/services/pangea/worker/run-job'

const app = systemActor('connection-task')

/** Makes one call to Plaid about a connection. It can be repeated any number of times. @returns whether it is done. */
export const runConnectionTask = (task: DataService.ConnectionTask): Promise<boolean> => {
  const about = { connectionId: task.connectionId, userId: task.userId, type: task.taskKind }
  return runJob(task, {
    about,
    work: async () => {
      if (task.taskKind === 'remove') await removeItem(task)
      else await moveWebhook(task)
      log.info('task.completed', about)
    }
  })
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
    await AccountService.updateWebhook(
      { userId: task.userId, connectionId: task.connectionId },
      accessToken,
      url
    )
    await DataService.storeWebhookUrl(task.connectionId, url)
  } catch (thrown) {
    const status = isIntegrationError(thrown) ? statusAfterError(thrown.code) : null
    // An Item that is gone has no address to keep.
    if (!isIntegrationError(thrown) || status !== 'revoked') throw thrown
    await DataService.storeItemStatus(app, task.connectionId, {
      status,
      errorType: thrown.type,
      errorCode: thrown.code
    })
  }
  await DataService.completeJob(task)
}
