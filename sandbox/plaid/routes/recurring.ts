/** /transactions/recurring/get and /webhook_verification_key/get. */
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { requireHealthyItem, today } from '@/sandbox/plaid/items'
import type { Plaid } from '@/sandbox/plaid/records'
import { fields, route } from '@/sandbox/plaid/request'
import { ensureTransactionsProduct } from '@/sandbox/plaid/routes/transactions'
import { openEventLog } from '@/sandbox/plaid/transactions/event-log'
import { findStreams } from '@/sandbox/plaid/transactions/recurring'

const Schema = fields({
  access_token: z.string(),
  account_ids: z.array(z.string()).optional(),
  options: z
    .strictObject({
      include_personal_finance_category: z.boolean().optional(),
      personal_finance_category_version: z.enum(['v1', 'v2']).default('v2')
    })
    .prefault({})
})

export function addRecurringRoutes(plaid: Plaid): void {
  route(plaid, '/transactions/recurring/get', Schema, ({ access_token, account_ids, options }) => {
    const item = ensureTransactionsProduct(
      plaid,
      requireHealthyItem(plaid, access_token),
      undefined
    )
    const log = openEventLog(plaid, item)
    if (log.status !== 'HISTORICAL_UPDATE_COMPLETE') throw new PlaidApiError('PRODUCT_NOT_READY')
    const rows = [...log.rows.values()].filter(
      (row) => !account_ids || account_ids.includes(row.account)
    )
    const streams = findStreams(
      item.id,
      rows,
      today(plaid),
      options.personal_finance_category_version
    )
    return {
      inflow_streams: streams.inflow,
      outflow_streams: streams.outflow,
      updated_datetime: item.updatedAt ?? item.createdAt,
      personal_finance_category_version: options.personal_finance_category_version
    }
  })
  route(plaid, '/webhook_verification_key/get', fields({ key_id: z.string() }), ({ key_id }) => {
    const key = plaid.keys.find(key_id)
    if (!key) throw new PlaidApiError('INVALID_WEBHOOK_VERIFICATION_KEY_ID')
    return { key }
  })
}
