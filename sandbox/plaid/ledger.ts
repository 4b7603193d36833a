/** The emulator's data for tests and the console, without tokens. */

import { errorBody } from '@/sandbox/plaid/errors'
import { getInstitution } from '@/sandbox/plaid/institutions'
import type { ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { openEventLog } from '@/sandbox/plaid/transactions/event-log'

/** An Item for the console and the ledger, without its token. */
export function describeItem(plaid: Plaid, item: ItemRecord) {
  const log = openEventLog(plaid, item)
  return {
    itemId: item.id,
    institutionId: item.institutionId,
    institutionName: getInstitution(item.institutionId)?.name ?? item.institutionId,
    clientUserId: item.clientUserId,
    products: item.products,
    accounts: item.accounts.map((account) => account.id),
    exchanged: item.tokenHash !== null,
    removed: item.removed,
    error: item.error ? errorBody(item.error).error_code : null,
    webhook: item.webhook,
    synced: item.synced,
    status: log.status,
    transactions: log.rows.size,
    pending: [...log.rows.values()].filter((row) => row.pending).length
  }
}

/** Counts and Items for `GET /_sandbox/ledger`. */
export function ledgerOf(plaid: Plaid) {
  const count = (id: string) => plaid.counts.get(id)?.n ?? 0
  return {
    linkTokens: count('linkTokens'),
    exchanges: count('exchanges'),
    updates: count('updates'),
    removals: count('removals'),
    items: plaid.items.all().map((item) => describeItem(plaid, item))
  }
}
