import 'server-only'
import { systemActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import { isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { plaidWebhookUrl } from '@/lib/services/pangea/connections/connect-bank'

const app = systemActor('addresses')

const isLoopback = (url: string) =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)

/** Plaid's servers cannot reach a loopback address; its emulator can. */
export const canPlaidReachUs = (): boolean =>
  isLoopback(env().plaid.baseUrl) || !isLoopback(env().appUrl)

/**
 * Registers this deployment's webhook URLs with the vendors. @returns whether it succeeded or was
 * queued.
 */
export async function updateWebhookUrls(): Promise<boolean> {
  const kept = await Promise.all([attempt(updatePlaidWebhookUrls), attempt(updateJikoSubscription)])
  return kept.every(Boolean)
}

async function updateJikoSubscription(): Promise<void> {
  await BankingService.ensureSubscription({
    url: `${env().appUrl}/api/webhooks/jiko`,
    secrets: env().jiko.webhookSecrets
  })
}

/** Every Item has its own URL; updates are queued as jobs, so that startup does not wait. */
async function updatePlaidWebhookUrls(): Promise<void> {
  if (!canPlaidReachUs())
    log.warn('plaid.webhooks_unreachable', {
      service: 'plaid',
      fault: 'APP_URL is a loopback address: use a tunnel, or rely on polling'
    })
  const count = await DataService.requestWebhookUpdates(app, plaidWebhookUrl())
  if (count > 0) log.info('plaid.webhook_urls_updating', { service: 'plaid', count })
}

async function attempt(keep: () => Promise<void>): Promise<boolean> {
  try {
    await keep()
    return true
  } catch (thrown) {
    if (!isIntegrationError(thrown)) throw thrown
    log.warn('subscription.unavailable', { service: thrown.service, code: thrown.code })
    return false
  }
}
