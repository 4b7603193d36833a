/**
 * AccountService: the user's external banks through Plaid (contracts: Plaid). Never touches rows.
 */
import 'server-only'
import { type CountryCode, type LinkTokenCreateRequest, Products } from 'plaid'
import type { Institution, LinkKind } from '@/lib/domain/connections/connection'
import type { QuarantinedRow, SyncedAccount } from '@/lib/domain/connections/sync-page'
import type { UserActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import { isIntegrationError } from '@/lib/platform/errors'
import { type CallContext, callPlaid } from '@/lib/services/plaid/client'
import { type PlaidItem, toInstitution, toIsoTime, toPlaidItem } from '@/lib/services/plaid/map'
import { parseAccounts } from '@/lib/services/plaid/parse-rows'
import {
  AccountsResponse,
  EmptyResponse,
  ExchangeResponse,
  InstitutionResponse,
  ItemResponse,
  LinkTokenResponse,
  RotatedTokenResponse
} from '@/lib/services/plaid/wire'
import { plaid } from '@/pangea.config'

export type { CallContext } from '@/lib/services/plaid/client'
export { listHoldings, listInvestmentTransactions } from '@/lib/services/plaid/investments'
export { listLiabilities } from '@/lib/services/plaid/liabilities'
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

/** Plaid fixes the history depth when the Item is created; this is its maximum. */
const HISTORY_DAYS = 730
/** For calls that a user waits for. */
const INTERACTIVE_TIMEOUT_MS = 15_000

// Country codes are passed through; Plaid refuses unknown ones.
const countries = () => env().plaid.countryCodes as CountryCode[]

/**
 * Link offers only institutions that support every product in `products`, and only logins with an
 * account for each; `auth` would hide cards, loans and investments (contracts: Plaid,
 * `LinkTokenAccountFilters`). Transactions are included if the chosen accounts have any.
 */
const PRODUCTS: Record<
  LinkKind,
  Pick<LinkTokenCreateRequest, 'products' | 'required_if_supported_products'>
> = {
  everyday: { products: [Products.Transactions] },
  investments: {
    products: [Products.Investments],
    required_if_supported_products: [Products.Transactions]
  },
  mortgage: {
    products: [Products.Liabilities],
    required_if_supported_products: [Products.Transactions]
  }
}

/**
 * Asked for without limiting the choice of banks: Plaid adds them where the login has accounts for
 * them. A product may be in one list only.
 */
function optionalProducts(
  required: readonly Products[] | null | undefined
): Pick<LinkTokenCreateRequest, 'optional_products'> {
  const wanted = (plaid.optionalProducts as Products[]).filter(
    (product) => !required?.includes(product)
  )
  return wanted.length > 0 ? { optional_products: wanted } : {}
}

const additionalConsent = (products: readonly string[]) =>
  products.length > 0 ? { additional_consented_products: [...products] as Products[] } : {}

/**
 * Creates a Link token for a new connection: valid 4 hours, single use. @returns the token and its
 * expiry as an ISO instant.
 * @throws IntegrationError; INVALID_FIELD if the redirect URI is not allow-listed (contracts:
 * Plaid §5).
 */
export async function linkAccount(
  actor: UserActor,
  {
    webhookUrl,
    redirectUri,
    kind = 'everyday'
  }: { webhookUrl: string; redirectUri?: string | null; kind?: LinkKind }
): Promise<{ linkToken: string; expiresAt: string }> {
  const request: LinkTokenCreateRequest = {
    client_name: plaid.clientName,
    language: 'en',
    country_codes: countries(),
    ...PRODUCTS[kind],
    ...optionalProducts(PRODUCTS[kind].products),
    user: { client_user_id: actor.userId },
    webhook: webhookUrl,
    transactions: { days_requested: HISTORY_DAYS },
    ...(redirectUri ? { redirect_uri: redirectUri } : {})
  }
  const about = {
    method: '/link/token/create',
    retry: true,
    deadlineMs: INTERACTIVE_TIMEOUT_MS,
    context: { userId: actor.userId }
  }
  const { link_token, expiration } = await callPlaid(about, LinkTokenResponse, (api, options) =>
    api.linkTokenCreate(request, options)
  )
  return { linkToken: link_token, expiresAt: toIsoTime(expiration) ?? expiration }
}

/**
 * Creates a Link token for update mode: the user signs in again or changes the shared accounts.
 * Valid 30 minutes. There is no exchange afterwards; read the Item instead.
 * @throws IntegrationError; ITEM_NOT_FOUND if the Item no longer exists (contracts: Plaid §5).
 */
export async function relinkAccount(
  context: CallContext,
  {
    accessToken,
    redirectUri,
    additionalProducts
  }: { accessToken: string; redirectUri?: string | null; additionalProducts: readonly string[] }
): Promise<{ linkToken: string; expiresAt: string }> {
  const request: LinkTokenCreateRequest = {
    client_name: plaid.clientName,
    language: 'en',
    country_codes: countries(),
    user: { client_user_id: context.userId },
    access_token: accessToken,
    update: { account_selection_enabled: true },
    ...additionalConsent(additionalProducts),
    ...(redirectUri ? { redirect_uri: redirectUri } : {})
  }
  const about = {
    method: '/link/token/create',
    retry: true,
    deadlineMs: INTERACTIVE_TIMEOUT_MS,
    context
  }
  const { link_token, expiration } = await callPlaid(about, LinkTokenResponse, (api, options) =>
    api.linkTokenCreate(request, options)
  )
  return { linkToken: link_token, expiresAt: toIsoTime(expiration) ?? expiration }
}

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
