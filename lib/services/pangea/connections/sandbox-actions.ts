import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import { isIntegrationError, RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import * as AccountService from '@/lib/services/plaid'

const REFUSAL_MESSAGES: Record<string, string> = {
  SANDBOX_WEBHOOK_INVALID: 'Plaid cannot send this webhook for this connection.',
  SANDBOX_PRODUCT_NOT_ENABLED:
    'This connection does not have the product that this webhook is about.',
  INVALID_FIELD: 'Plaid creates transactions only for the test login user_transactions_dynamic.'
}

/** Whether Plaid's sandbox endpoints are available. */
export const hasSandboxActions = (): boolean => env().plaid.hasSandboxEndpoints

/**
 * Triggers an event at the user's own Item through Plaid's sandbox endpoints.
 * @throws RequestError not_found (also with production Plaid), invalid with the reason;
 * IntegrationError.
 */
export async function runSandboxAction(
  actor: UserActor,
  connectionId: string,
  action: AccountService.SandboxAction
): Promise<void> {
  if (!hasSandboxActions()) throw new RequestError('not_found', 'This page does not exist.')
  await DataService.getConnection(actor, connectionId)
  const accessToken = await DataService.getAccessToken(actor, connectionId)
  try {
    await AccountService.runSandboxAction(
      { userId: actor.userId, connectionId },
      accessToken,
      action
    )
  } catch (thrown) {
    const refusal = isIntegrationError(thrown) ? REFUSAL_MESSAGES[thrown.code] : undefined
    throw refusal ? new RequestError('invalid', refusal) : thrown
  }
}
