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

/** Whether this deployment talks to a Plaid that has test doors. */
export const hasSandboxActions = (): boolean => env().plaid.testDoors

/**
 * Makes something happen at the person's own Item, through Plaid's own test endpoints.
 * @throws RequestError not_found (also where Plaid is in production), invalid with Plaid's reason in our words; IntegrationError.
 */
export async function runSandboxAction(
  actor: UserActor,
  connectionId: string,
  action: AccountService.TestDoor
): Promise<void> {
  if (!hasSandboxActions()) throw new RequestError('not_found', 'This page does not exist.')
  await DataService.getConnection(actor, connectionId)
  const accessToken = await DataService.getAccessToken(actor, connectionId)
  try {
    await AccountService.openTestDoor({ userId: actor.userId, connectionId }, accessToken, action)
  } catch (thrown) {
    const refusal = isIntegrationError(thrown) ? REFUSAL_MESSAGES[thrown.code] : undefined
    throw refusal ? new RequestError('invalid', refusal) : thrown
  }
}
