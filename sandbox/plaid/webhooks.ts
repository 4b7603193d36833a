/** Plaid's webhook bodies, and when they are sent. */
import { errorBody, statusOf } from '@/sandbox/plaid/errors'
import type { ItemRecord, Plaid } from '@/sandbox/plaid/records'

type Body = { webhook_type: string; webhook_code: string } & Record<string, unknown>

/**
 * Sends to any address; two-space JSON as Plaid writes it, since receivers hash the exact bytes.
 */
export function sendTo(plaid: Plaid, url: string | null, body: Body): boolean {
  if (!url) return false
  plaid.sandbox.deliveries.send({
    url,
    event: `${body.webhook_type}/${body.webhook_code}`,
    body: JSON.stringify({ ...body, environment: 'sandbox' }, null, 2),
    headers: { 'user-agent': 'plaid-webhook-agent' }
  })
  return true
}

/** Sends to the Item's webhook, if it has one. */
export function sendForItem(
  plaid: Plaid,
  item: ItemRecord,
  type: string,
  code: string,
  more: Record<string, unknown> = {}
): boolean {
  const sent = sendTo(plaid, item.webhook, {
    webhook_type: type,
    webhook_code: code,
    item_id: item.id,
    ...more
  })
  const now = plaid.items.get(item.id)
  if (sent && now)
    plaid.items.put({ ...now, lastWebhook: { at: plaid.sandbox.clock.now().toISOString(), code } })
  return sent
}

/** The error in a webhook: with the status, without a request id. */
export const webhookError = (code: string) => ({ ...errorBody(code), status: statusOf(code) })

/** SYNC_UPDATES_AVAILABLE, sent only once the Item was synced for the first time. */
export function sendSyncUpdates(plaid: Plaid, item: ItemRecord, status: string): void {
  if (!plaid.items.get(item.id)?.synced) return
  sendForItem(plaid, item, 'TRANSACTIONS', 'SYNC_UPDATES_AVAILABLE', {
    initial_update_complete: status !== 'NOT_READY',
    historical_update_complete: status === 'HISTORICAL_UPDATE_COMPLETE'
  })
}

const DAY = 86_400_000

/** The body of a code with made-up values; undefined for an unsupported code. */
export function bodyFor(
  plaid: Plaid,
  item: ItemRecord,
  code: string,
  type: string | undefined
): Body | undefined {
  if (code === 'DEFAULT_UPDATE') return defaultUpdate(item, type)
  const known = Object.entries(fieldsByType(plaid, item)).find(([, codes]) =>
    Object.hasOwn(codes, code)
  )
  return known && { webhook_type: known[0], webhook_code: code, ...known[1][code] }
}

/** The fields of each code beside the common ones. */
function fieldsByType(
  plaid: Plaid,
  item: ItemRecord
): Record<string, Record<string, Record<string, unknown>>> {
  const inAWeek = new Date(plaid.sandbox.clock.now().getTime() + 7 * DAY).toISOString()
  const account_id = item.accounts[0]?.id ?? ''
  return {
    TRANSACTIONS: {
      SYNC_UPDATES_AVAILABLE: { initial_update_complete: true, historical_update_complete: true },
      INITIAL_UPDATE: { new_transactions: 0, error: null },
      HISTORICAL_UPDATE: { new_transactions: 0, error: null },
      TRANSACTIONS_REMOVED: { removed_transactions: [], error: null },
      RECURRING_TRANSACTIONS_UPDATE: { account_ids: item.accounts.map(({ id }) => id) }
    },
    ITEM: {
      ERROR: { error: webhookError('ITEM_LOGIN_REQUIRED') },
      LOGIN_REPAIRED: {},
      NEW_ACCOUNTS_AVAILABLE: { error: null },
      PENDING_EXPIRATION: { consent_expiration_time: inAWeek },
      PENDING_DISCONNECT: { reason: 'INSTITUTION_TOKEN_EXPIRATION', disconnect_time: inAWeek },
      USER_PERMISSION_REVOKED: { error: webhookError('USER_PERMISSION_REVOKED') },
      USER_ACCOUNT_REVOKED: { account_id },
      WEBHOOK_UPDATE_ACKNOWLEDGED: { new_webhook_url: item.webhook, error: null }
    },
    AUTH: { AUTOMATICALLY_VERIFIED: { account_id }, VERIFICATION_EXPIRED: { account_id } }
  }
}

/** DEFAULT_UPDATE exists for several products, each with its own fields. */
function defaultUpdate(item: ItemRecord, type = 'TRANSACTIONS'): Body | undefined {
  const accounts = (fields: string[]) =>
    Object.fromEntries(item.accounts.map((account) => [account.id, fields]))
  const more: Record<string, Record<string, unknown>> = {
    AUTH: {
      account_ids_with_new_auth: [],
      account_ids_with_updated_auth: accounts(['ACCOUNT_NUMBER'])
    },
    IDENTITY: { account_ids_with_updated_identity: accounts(['EMAILS']) },
    HOLDINGS: { new_holdings: 0, updated_holdings: 1 },
    INVESTMENTS_TRANSACTIONS: {
      new_investments_transactions: 1,
      cancelled_investments_transactions: 0
    },
    LIABILITIES: {
      account_ids_with_new_liabilities: [],
      account_ids_with_updated_liabilities: accounts(['past_amount_due'])
    },
    TRANSACTIONS: { new_transactions: 0 }
  }
  if (!Object.hasOwn(more, type)) return undefined
  return { webhook_type: type, webhook_code: 'DEFAULT_UPDATE', ...more[type], error: null }
}
