/**
 * AccountService: the user's external banks through Plaid (contracts: Plaid). Never touches rows.
 */
import 'server-only'
import type { CountryCode } from 'plaid'
import type { Institution } from '@/lib/domain/connections/connection'
import type { QuarantinedRow, SyncedAccount } from '@/lib/domain/connections/sync-page'
import { env } from '@/lib/platform/env'
import { isIntegrationError } from '@/lib/platform/errors'
import { type CallContext, callPlaid } from '@/lib/services/plaid/client'
import { type PlaidItem, toInstitution, toPlaidItem } from '@/lib/services/plaid/map'
import { parseAccounts } from '@/lib/services/plaid/parse-rows'
import {
  AccountsResponse,
  EmptyResponse,
  ExchangeResponse,
  InstitutionResponse,
  ItemResponse,
  RotatedTokenResponse
} from '@/lib/services/plaid/wire'

export type { CallContext } from '@/lib/services/plaid/client'
export { type HostedLink, readHostedLink } from '@/lib/services/plaid/hosted-link'
export { compareOwners, readOwner } from '@/lib/services/plaid/identity'
export { listHoldings, listInvestmentTransactions } from '@/lib/services/plaid/investments'
export { listLiabilities } from '@/lib/services/plaid/liabilities'
export { linkAccount, relinkAccount, startHostedLink } from '@/lib/services/plaid/link-tokens'
export { readLiveBalances } from '@/lib/services/plaid/live-balances'
export type { PlaidItem } from '@/lib/services/plaid/map'
export { MAPPING_VERSION, reparseQuarantined } from '@/lib/services/plaid/parse-rows'
export { listRecurringStreams } from '@/lib/services/plaid/recurring-streams'
export {
  runSandboxAction,
  type SandboxAction
} from '@/lib/services/plaid/sandbox-actions'
export {
  INVALID_CURSOR,
  type PulledPage,
  readChanges,
  type SyncEnd
} from '@/lib/services/plaid/sync'
export {
  HANDLED_WEBHOOKS,
  parseWebhook,
  verifyWebhook
} from '@/lib/services/plaid/webhook'

/** For calls that a user waits for. */
const INTERACTIVE_TIMEOUT_MS = 15_000

// Country codes are passed through; Plaid refuses unknown ones.
const countries = () => env().plaid.countryCodes as CountryCode[]

/**
 * Exchanges Link's public token (single use, valid 30 minutes) for the Item's access token. Never
 * retried: a repeat of a successful exchange is refused.
 * @throws IntegrationError; INVALID_PUBLIC_TOKEN if it was used or expired.
 */
export async function exchangePublicToken(
  context: CallContext,
  publicToken: string
): Promise<{ accessToken: string; plaidItemId: string }> {
  const about = {
    method: '/item/public_token/exchange',
    deadlineMs: INTERACTIVE_TIMEOUT_MS,
    context
  }
  const { access_token, item_id } = await callPlaid(about, ExchangeResponse, (api, options) =>
    api.itemPublicTokenExchange({ public_token: publicToken }, options)
  )
  return { accessToken: access_token, plaidItemId: item_id }
}

/**
 * The Item's current state. A broken login is a result, not an error. @throws IntegrationError;
 * ITEM_NOT_FOUND if it no longer exists.
 */
export async function getItem(context: CallContext, accessToken: string): Promise<PlaidItem> {
  const about = { method: '/item/get', retry: true, deadlineMs: INTERACTIVE_TIMEOUT_MS, context }
  return toPlaidItem(
    await callPlaid(about, ItemResponse, (api, options) =>
      api.itemGet({ access_token: accessToken }, options)
    )
  )
}

/**
 * All readable accounts of an Item with Plaid's cached balances; does not contact the institution.
 * @throws IntegrationError.
 */
export async function listAccounts(
  context: CallContext,
  accessToken: string
): Promise<SyncedAccount[]> {
  return (await getAccounts(context, accessToken)).accounts
}

/** Like `listAccounts`, including the rows that could not be parsed. */
export async function getAccounts(
  context: CallContext,
  accessToken: string
): Promise<{ accounts: SyncedAccount[]; quarantined: QuarantinedRow[] }> {
  const about = {
    method: '/accounts/get',
    retry: true,
    deadlineMs: INTERACTIVE_TIMEOUT_MS,
    context
  }
  const { accounts } = await callPlaid(about, AccountsResponse, (api, options) =>
    api.accountsGet({ access_token: accessToken }, options)
  )
  return parseAccounts(accounts)
}

const ITEM_GONE_ERRORS = new Set([
  'ITEM_NOT_FOUND',
  'INVALID_ACCESS_TOKEN',
  'ITEM_CONCURRENTLY_DELETED',
  'USER_PERMISSION_REVOKED'
])

/**
 * Removes an Item, which ends access and billing. A missing Item counts as removed. @throws
 * IntegrationError.
 */
export async function removeItem(context: CallContext, accessToken: string): Promise<void> {
  const about = { method: '/item/remove', retry: true, deadlineMs: INTERACTIVE_TIMEOUT_MS, context }
  try {
    await callPlaid(about, EmptyResponse, (api, options) =>
      api.itemRemove({ access_token: accessToken }, options)
    )
  } catch (thrown) {
    if (!(isIntegrationError(thrown) && ITEM_GONE_ERRORS.has(thrown.code))) throw thrown
  }
}

/**
 * Replaces an Item's access token; the old one ends at once. Never retried: a repeat after a lost
 * answer is refused. @returns the new token.
 * @throws IntegrationError; INVALID_ACCESS_TOKEN if the token was replaced before.
 */
export async function rotateAccessToken(
  context: CallContext,
  accessToken: string
): Promise<string> {
  const about = { method: '/item/access_token/invalidate', context }
  const answer = await callPlaid(about, RotatedTokenResponse, (api, options) =>
    api.itemAccessTokenInvalidate({ access_token: accessToken }, options)
  )
  return answer.new_access_token
}

/** Changes an Item's webhook URL; Plaid confirms it there. @throws IntegrationError. */
export async function updateWebhook(
  context: CallContext,
  accessToken: string,
  url: string
): Promise<void> {
  const about = {
    method: '/item/webhook/update',
    retry: true,
    deadlineMs: INTERACTIVE_TIMEOUT_MS,
    context
  }
  await callPlaid(about, EmptyResponse, (api, options) =>
    api.itemWebhookUpdate({ access_token: accessToken, webhook: url }, options)
  )
}

/**
 * An institution's name and logo (base64 PNG). Rate limit: 400 a minute, so cache the result for a
 * day. @throws IntegrationError.
 */
export async function getInstitution(id: string): Promise<Institution> {
  const request = {
    institution_id: id,
    country_codes: countries(),
    options: { include_optional_metadata: true }
  }
  const about = {
    method: '/institutions/get_by_id',
    retry: true,
    deadlineMs: INTERACTIVE_TIMEOUT_MS
  }
  return toInstitution(
    await callPlaid(about, InstitutionResponse, (api, options) =>
      api.institutionsGetById(request, options)
    )
  )
}
