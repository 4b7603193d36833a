/** Webhooks as Plaid sends them, signed, and how long their Items took to sync. */
import { randomUUID } from 'node:crypto'
import { percentile } from '@/scripts/bench/load/open-model'
import type { Site } from '@/scripts/bench/load/site'
import { signed } from '@/tests/support/plaid/webhook-signatures'

/** Sends one webhook that is no repeat of another. @throws with the status unless it is 200. */
export async function sendWebhook(
  { client, key }: Pick<Site, 'client' | 'key'>,
  itemId: string,
  id: string = randomUUID()
): Promise<void> {
  const body = webhookBody(itemId, id)
  const { status } = await postWebhook({ client }, body, signed(key, body))
  if (status !== 200) throw new Error(`webhook ${status}`)
}

export const postWebhook = ({ client }: Pick<Site, 'client'>, body: string, signature: string) =>
  client.send('/api/webhooks/plaid', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'plaid-verification': signature },
    body
  })

/** @param id makes it different from others: receivers tell webhooks apart by their bodies. */
export const webhookBody = (itemId: string, id: string): string =>
  JSON.stringify({
    webhook_type: 'TRANSACTIONS',
    webhook_code: 'SYNC_UPDATES_AVAILABLE',
    item_id: itemId,
    initial_update_complete: true,
    historical_update_complete: true,
    environment: 'sandbox',
    load_id: id
  })

export type SyncLag = { p50: number; p95: number; syncs: number; unsynced: number }

/**
 * Seconds from the arrival of each webhook since `from` until a sync of its Item that began later
 * has ended.
 */
export async function readSyncLag({ database }: Site, from: Date): Promise<SyncLag> {
  const { rows } = await database.query<{ lag: number | null }>(
    `select extract(epoch from s.finished_at - d.created_at)::float8 as lag
     from webhook_deliveries d join bank_connections c on c.plaid_item_id = d.vendor_object_id
     left join lateral (select min(r.finished_at) as finished_at from sync_runs r
       where r.connection_id = c.id and r.status = 'completed' and r.started_at >= d.created_at) s on true
     where d.created_at >= $1 and d.event_code = 'SYNC_UPDATES_AVAILABLE'`,
    [from]
  )
  const lags = rows.flatMap(({ lag }) => lag ?? [])
  const runs = await database.query(`select from sync_runs where finished_at >= $1`, [from])
  return {
    p50: percentile(lags, 0.5),
    p95: percentile(lags, 0.95),
    syncs: runs.rowCount ?? 0,
    unsynced: rows.length - lags.length
  }
}
