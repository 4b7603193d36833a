import 'server-only'
import type { SystemActor } from '@/lib/domain/users/actor'
import { isIntegrationError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import * as AccountService from '@/lib/services/plaid'

/**
 * Closes an account that Plaid no longer lists, even the only one, and requests a sync of the
 * others.
 * @throws IntegrationError if Plaid cannot answer.
 */
export async function checkAccount(
  app: SystemActor,
  connection: { id: string; userId: string },
  plaidAccountId: string
): Promise<void> {
  const accessToken = await DataService.getAccessToken(app, connection.id)
  if (
    !(await isListed(
      { userId: connection.userId, connectionId: connection.id },
      accessToken,
      plaidAccountId
    ))
  )
    await DataService.closeAccount(app, connection.id, plaidAccountId)
  await DataService.requestSync(app, connection.id, 'webhook')
}

/** An unreadable account may be the one in question, so nothing is closed then. */
async function isListed(
  context: AccountService.CallContext,
  accessToken: string,
  plaidAccountId: string
): Promise<boolean> {
  try {
    const { accounts, quarantined } = await AccountService.getAccounts(context, accessToken)
    return (
      quarantined.length > 0 ||
      accounts.some((account) => account.plaidAccountId === plaidAccountId)
    )
  } catch (thrown) {
    if (!isIntegrationError(thrown) || thrown.code !== 'NO_ACCOUNTS') throw thrown
    return false
  }
}
