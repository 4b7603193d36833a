import 'server-only'
import type { ReadWebhook, Vendor } from '@/lib/domain/jobs/webhook-effects'
import { sha256 } from '@/lib/platform/crypto'
import { log } from '@/lib/platform/log'
import * as AccountService from '@/lib/services/plaid'
import * as AuthService from '@/lib/services/clerk'
import * as BankingService from '@/lib/services/jiko'
import * as DataService from '@/lib/services/data'

type Webhooks = {
  verifyWebhook(
    raw: Uint8Array,
    headers: Headers,
    isOurs: () => Promise<boolean>
  ): Promise<{ dedupeKey: string }>
  readWebhook(raw: Uint8Array): ReadWebhook | null
}

const RECEIVERS: Record<Vendor, Webhooks> = {
  plaid: AccountService,
  jiko: {
    readWebhook: BankingService.readWebhook,
    verifyWebhook: (raw, headers) => BankingService.verifyWebhook(raw, headers)
  },
  clerk: AuthService
}

/**
 * Takes in one webhook: checks the signature over the exact bytes, reads what it asks for, and stores that; the body is dropped.
 * When this returns, the delivery is stored. @throws RequestError bad_signature; IntegrationError when it could not be checked or stored.
 */
export async function receiveWebhook(
  vendor: Vendor,
  headers: Headers,
  raw: Uint8Array
): Promise<{ id: string; stored: boolean }> {
  const read = RECEIVERS[vendor].readWebhook(raw)
  const isOurs = async () =>
    Boolean(read?.vendorObjectId && (await DataService.findConnectionByItem(read.vendorObjectId)))
  const { dedupeKey } = await RECEIVERS[vendor].verifyWebhook(raw, headers, isOurs)
  const delivery = await DataService.storeDelivery({
    vendor,
    dedupeKey,
    read,
    bodyHash: sha256(raw)
  })
  log.info('webhook.stored', {
    service: vendor,
    jobId: delivery.id,
    type: read?.type ?? 'unreadable',
    code: read?.code ?? null,
    status: delivery.stored ? 'new' : 'repeat'
  })
  return delivery
}
