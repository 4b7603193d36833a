/** Replaces access tokens at Plaid, which ends the old token at once. */
import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { isItemGone } from '@/lib/domain/connections/connection'
import { systemActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as AccountService from '@/lib/services/plaid'

const app = systemActor('token-rotation')
const DAY_MS = 24 * 3_600_000
/** Connections per round of the schedule, so that a first round does not occupy every worker. */
const SCHEDULED = 20
/** Milliseconds between attempts to store the new token, which exists in this process only. */
const SAVE_PAUSES = [100, 300, 1_000, 3_000, 10_000]

/** Queues a rotation for one connection or for all. @returns how many. @throws IntegrationError. */
export const requestTokenRotation = (target: { connectionId: string } | 'all'): Promise<number> =>
  DataService.requestTokenRotation(app, target)

/** Queues rotations of tokens that are older than PLAID_TOKEN_ROTATION_DAYS; by default none. */
export async function scheduleTokenRotations(): Promise<void> {
  const days = env().plaid.tokenRotationDays
  if (days === null) return
  const issuedBefore = new Date(now().getTime() - days * DAY_MS)
  await DataService.requestTokenRotation(app, { issuedBefore, limit: SCHEDULED })
}

/**
 * Runs one rotation. If an earlier attempt may have reached Plaid and its answer was lost, Plaid
 * refuses the stored token: the connection then asks its user to link the bank again, and its
 * history stays. @throws IntegrationError for every other error.
 */
export async function rotateToken(job: DataService.ConnectionJob): Promise<void> {
  const context = { userId: job.userId, connectionId: job.connectionId }
  const accessToken = await DataService.getAccessToken(app, job.connectionId)
  try {
    const fresh = await AccountService.rotateAccessToken(context, accessToken)
    await saveToken(job, fresh)
  } catch (thrown) {
    if (!isIntegrationError(thrown) || !isItemGone(thrown.code)) throw thrown
    log.error('connection.token_lost', { ...context, service: 'plaid', code: thrown.code })
    await DataService.recordLostToken(job, {
      status: 'revoked',
      errorType: thrown.type,
      errorCode: thrown.code,
      requestId: thrown.requestId
    })
  }
}

async function saveToken(job: DataService.ConnectionJob, accessToken: string): Promise<void> {
  const sealed = DataService.encryptRotatedToken(job, accessToken)
  for (const wait of [...SAVE_PAUSES, null]) {
    try {
      return await DataService.saveRotatedToken(job, sealed)
    } catch (thrown) {
      if (wait === null || !isIntegrationError(thrown)) throw thrown
      await pause(wait)
    }
  }
}

/**
 * Runs calls with an access token. If the token was replaced meanwhile, Plaid's refusal becomes a
 * retryable error, so that the connection is not marked revoked.
 */
export async function withCurrentToken<T>(
  connectionId: string,
  accessToken: string,
  run: () => Promise<T>
): Promise<T> {
  try {
    return await run()
  } catch (thrown) {
    if (!isIntegrationError(thrown) || thrown.code !== 'INVALID_ACCESS_TOKEN') throw thrown
    if (!(await DataService.isTokenReplaced(connectionId, accessToken))) throw thrown
    throw new IntegrationError({ service: 'plaid', code: 'TOKEN_REPLACED', retryable: true })
  }
}
