import 'server-only'
import { env } from '../../platform/env'
import { IntegrationError } from '../../platform/errors'
import { log } from '../../platform/log'
import * as BankingService from '../banking'

/** Makes sure that Jiko sends its events to where this deployment listens now. @returns whether it is so. */
export async function keepAddresses(): Promise<boolean> {
  try {
    await BankingService.ensureSubscription({ url: `${env().appUrl}/api/webhooks/jiko`, secrets: env().jiko.webhookSecrets })
    return true
  } catch (thrown) {
    if (!(thrown instanceof IntegrationError)) throw thrown
    log.warn('subscription.unavailable', { service: thrown.service, code: thrown.code })
    return false
  }
}
