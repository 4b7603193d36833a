import 'server-only'
import type { SyncedAccount } from '@/lib/domain/connections/sync-page'
import { type CallContext, callPlaid } from '@/lib/services/plaid/client'
import { parseAccounts } from '@/lib/services/plaid/parse-rows'
import { AccountsResponse } from '@/lib/services/plaid/wire'

/** The user waits for it; without an answer by then, it is not needed. */
const DEADLINE_MS = 10_000

/**
 * The Item's accounts with balances that Plaid reads from the institution now; billed per call.
 * @throws IntegrationError.
 */
export async function readLiveBalances(
  context: CallContext,
  accessToken: string
): Promise<SyncedAccount[]> {
  const about = { method: '/accounts/balance/get', deadlineMs: DEADLINE_MS, context }
  const { accounts } = await callPlaid(about, AccountsResponse, (api, options) =>
    api.accountsBalanceGet({ access_token: accessToken }, options)
  )
  return parseAccounts(accounts).accounts
}
