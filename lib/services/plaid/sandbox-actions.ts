/**
 * Plaid's /sandbox/* endpoints, available when PLAID_ENV is sandbox, at Plaid and at the emulator.
 */
import 'server-only'
import type {
  SandboxItemFireWebhookRequest,
  SandboxItemFireWebhookRequestWebhookCodeEnum,
  WebhookType
} from 'plaid'
import { type CallContext, callPlaid } from '@/lib/services/plaid/client'
import { EmptyResponse } from '@/lib/services/plaid/wire'

export type SandboxAction =
  | { kind: 'reset_login' }
  | { kind: 'fire_webhook'; code: string; type?: string | null }
  | { kind: 'create_transactions' }

const DEADLINE_MS = 15_000
const SAMPLE_PURCHASES = [
  ['Corner Bakery', 6.4],
  ['City Transit', 2.75],
  ['Grocery Hall', 48.13]
] as const

/**
 * Triggers an event at an Item: its login breaks, a webhook is sent, or three transactions of
 * today arrive (only for `user_transactions_dynamic`).
 * @throws IntegrationError; SANDBOX_WEBHOOK_INVALID, SANDBOX_PRODUCT_NOT_ENABLED, INVALID_FIELD
 * (contracts: Plaid §6).
 */
export async function runSandboxAction(
  context: CallContext,
  accessToken: string,
  action: SandboxAction
): Promise<void> {
  const about = (method: string) => ({ method, deadlineMs: DEADLINE_MS, context })
  const item = { access_token: accessToken }
  if (action.kind === 'reset_login')
    return void (await callPlaid(
      about('/sandbox/item/reset_login'),
      EmptyResponse,
      (api, options) => api.sandboxItemResetLogin(item, options)
    ))
  if (action.kind === 'fire_webhook') {
    // Plaid validates the webhook code.
    const request: SandboxItemFireWebhookRequest = {
      ...item,
      webhook_code: action.code as SandboxItemFireWebhookRequestWebhookCodeEnum,
      ...(action.type ? { webhook_type: action.type as WebhookType } : {})
    }
    return void (await callPlaid(
      about('/sandbox/item/fire_webhook'),
      EmptyResponse,
      (api, options) => api.sandboxItemFireWebhook(request, options)
    ))
  }
  // Plaid refuses future dates in its own time zone.
  const today = new Date().toISOString().slice(0, 10)
  const transactions = SAMPLE_PURCHASES.map(([description, amount]) => ({
    date_transacted: today,
    date_posted: today,
    amount,
    description
  }))
  await callPlaid(about('/sandbox/transactions/create'), EmptyResponse, (api, options) =>
    api.sandboxTransactionsCreate({ ...item, transactions }, options)
  )
}
