import 'server-only'
import type { ParsedWebhook, Vendor } from '@/lib/domain/jobs/webhook-effects'
import { sha256 } from '@/lib/platform/crypto'
import { log } from '@/lib/platform/log'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import * as AccountService from '@/lib/services/plaid'

type WebhookHandler = {
  verifyWebhook(
    raw: Uint8Array,
    headers: Headers,
    isKnown: () => Promise<boolean>
  ): Promise<{ dedupeKey: string }>
  parseWebhook(raw: Uint8Array): ParsedWebhook | null
}

const HANDLERS: Record<Vendor, WebhookHandler> = {
  plaid: AccountService,
  jiko: {
    parseWebhook: BankingService.parseWebhook,
    verifyWebhook: (raw, headers) => BankingService.verifyWebhook(raw, headers)
  },
  clerk: AuthService
}

/**
 * Receives one webhook: verifies the signature over the raw bytes, parses the effects and stores
 * them; the body is dropped. Once this returns, the delivery is stored.
 * @throws RequestError bad_signature; IntegrationError if it could not be verified or stored.
 */
export async function receiveWebhook(
  vendor: Vendor,
  headers: Headers,
  raw: Uint8Array
): Promise<{ id: string; stored: boolean }> {
  const webhook = HANDLERS[vendor].parseWebhook(raw)
  const isKnown = async () => {
    const id = webhook?.vendorObjectId
    if (!id) return false
    return Boolean(
      (await DataService.findConnectionByItem(id)) ?? (await DataService.findHostedSession(id))
    )
  }
  const { dedupeKey } = await HANDLERS[vendor].verifyWebhook(raw, headers, isKnown)
  const delivery = await DataService.saveDelivery({
    vendor,
    dedupeKey,
    webhook,
    bodyHash: sha256(raw)
  })
  log.info('webhook.stored', {
    service: vendor,
    jobId: delivery.id,
    type: webhook?.type ?? 'unreadable',
    code: webhook?.code ?? null,
    status: delivery.stored ? 'new' : 'repeat'
  })
  return delivery
}
