import 'server-only'
import { statusAfterError } from '@/lib/domain/connections/connection'
import { systemActor } from '@/lib/domain/users/actor'
import { isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import { plaidWebhookUrl } from '@/lib/services/pangea/connections/connect-bank'
import { rotateToken, withCurrentToken } from '@/lib/services/pangea/connections/rotate-token'
import { compareOwner } from '@/lib/services/pangea/transfers/compare-owner'
import { runJob } from '@/lib/services/pangea/worker/run-job'
import * as AccountService from '@/lib/services/plaid'

const app = systemActor('connection-task')

/** Runs one Plaid call for a connection. Idempotent. @returns whether it is complete. */
export const runConnectionJob = (job: DataService.ConnectionJob): Promise<boolean> => {
  const about = { connectionId: job.connectionId, userId: job.userId, type: job.taskKind }
  return runJob(job, {
    about,
    work: async () => {
      await RUNNERS[job.taskKind](job)
      log.info('connection_job.completed', about)
    }
  })
}

const RUNNERS: Record<
  DataService.ConnectionJob['taskKind'],
  (job: DataService.ConnectionJob) => Promise<void>
> = {
  remove: removeItem,
  move_webhook: updateWebhookUrl,
  rotate_token: rotateToken,
  compare_owner: compareOwner
}

/** The token is deleted only after Plaid confirmed: without it, access could not be ended. */
async function removeItem(job: DataService.ConnectionJob): Promise<void> {
  const accessToken = await DataService.getAccessToken(app, job.connectionId)
  await AccountService.removeItem(
    { userId: job.userId, connectionId: job.connectionId },
    accessToken
  )
  await DataService.completeRemoval(job)
}

async function updateWebhookUrl(job: DataService.ConnectionJob): Promise<void> {
  const url = plaidWebhookUrl()
  const accessToken = await DataService.getAccessToken(app, job.connectionId)
  try {
    await withCurrentToken(job.connectionId, accessToken, () =>
      AccountService.updateWebhook(
        { userId: job.userId, connectionId: job.connectionId },
        accessToken,
        url
      )
    )
    await DataService.saveWebhookUrl(job.connectionId, url)
  } catch (thrown) {
    const status = isIntegrationError(thrown) ? statusAfterError(thrown.code) : null
    // A removed Item has no webhook URL.
    if (!isIntegrationError(thrown) || status !== 'revoked') throw thrown
    await DataService.saveItemStatus(app, job.connectionId, {
      status,
      errorType: thrown.type,
      errorCode: thrown.code
    })
  }
  await DataService.completeJob(job)
}
