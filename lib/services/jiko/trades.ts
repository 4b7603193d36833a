/** Trades of a pocket and their confirmations (contracts: Jiko §3). */
import 'server-only'
import type { z } from 'zod'
import type { Money } from '@/lib/domain/money/money'
import { isIntegrationError } from '@/lib/platform/errors'
import { callJiko } from '@/lib/services/jiko/client'
import { JikoDocumentLink, JikoTrade, paginated } from '@/lib/services/jiko/wire'

type CallContext = { userId?: string | undefined }

/** Amounts are positive in both directions; `sold` marks a sale. */
export type Trade = {
  jikoTradeId: string
  kind: string
  sold: boolean
  amount: Money | null
  at: string
}

const toTrade = ({ id, type, side, amount, time_created }: z.output<typeof JikoTrade>): Trade => ({
  jikoTradeId: id,
  kind: type,
  sold: side === 'SELL',
  amount: amount ? { minor: BigInt(amount.value), currency: amount.currency } : null,
  at: time_created
})

/** One page of an account's trades, newest first. @throws IntegrationError. */
export async function listTrades(
  jikoPocketId: string,
  { cursor = null, limit = 30 }: { cursor?: string | null; limit?: number } = {},
  { userId }: CallContext = {}
): Promise<{ items: Trade[]; next: string | null }> {
  const query = { order: 'desc', limit: String(limit), ...(cursor ? { cursor } : {}) }
  const request = {
    method: 'GET',
    route: '/api/v1/jiko-accounts/{account_id}/trades/',
    ids: [jikoPocketId],
    query,
    userId
  } as const
  const { items, next_page } = await callJiko(request, paginated(JikoTrade))
  return { items: items.map(toTrade), next: next_page }
}

/**
 * A link to one confirmation, valid for ten minutes; null if there is none, as for matured bills.
 * @throws IntegrationError.
 */
export async function findTradeConfirmation(
  jikoPocketId: string,
  jikoTradeId: string,
  { userId }: CallContext = {}
): Promise<string | null> {
  const route = '/api/v1/jiko-accounts/{account_id}/trades/{trade_id}/confirmation/'
  try {
    return (
      await callJiko(
        { method: 'GET', route, ids: [jikoPocketId, jikoTradeId], userId },
        JikoDocumentLink
      )
    ).pdf_download_url
  } catch (thrown) {
    if (isIntegrationError(thrown) && (thrown.code === 'NOT_FOUND' || thrown.code === 'REFUSED'))
      return null
    throw thrown
  }
}
