/** AccountService: the banks a person already has, through Plaid (contracts: Plaid). Never touches rows. */
import 'server-only'
import { type CountryCode, type LinkTokenCreateRequest, Products } from 'plaid'
import { type Institution, type LinkKind, USED_PRODUCTS } from '@/lib/domain/connections/connection'
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
  LinkTokenResponse
} from '@/lib/services/plaid/wire'

export type { CallContext } from '@/lib/services/plaid/client'
export type { PlaidItem as PlaidItemFacts } from '@/lib/services/plaid/map'
export { MAPPING_VERSION, reparseQuarantined as readAgain } from '@/lib/services/plaid/parse-rows'
export {
  runSandboxAction as openTestDoor,
  type SandboxAction as TestDoor
} from '@/lib/services/plaid/sandbox-actions'
export {
  INVALID_CURSOR as CURSOR_REFUSED,
  type PulledPage,
  readChanges as changes,
  type SyncEnd
} from '@/lib/services/plaid/sync'
export {
  HANDLED_WEBHOOKS as WEBHOOK_WORDS,
  parseWebhook as readWebhook,
  verifyWebhook
} from '@/lib/services/plaid/webhook'

/** Plaid sets the depth of the history when the Item is made and never deepens it: the most it offers. */
const HISTORY_DAYS = 730
/** For calls a person is waiting for. */
const INTERACTIVE_TIMEOUT_MS = 15_000

// The environment names countries in Plaid's own words; a wrong one is Plaid's to refuse.
const countries = () => env().plaid.countryCodes as CountryCode[]

/**
 * Link offers only banks that support every product in `products`, and only logins with an account for each; `auth` there would hide cards,
 * loans and investments (contracts: Plaid, `LinkTokenAccountFilters`). Transactions come along where the chosen accounts have any.
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

const additionalConsent = (products: readonly string[]) =>
  products.length > 0 ? { additional_consented_products: [...products] as Products[] } : {}

/**
 * Mints a Link token for adding a bank: 4 hours, one use. @returns the token and its end as an ISO instant.
 * @throws IntegrationError; INVALID_FIELD when the redirect address is not on Plaid's list (contracts: Plaid §5).
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
    client_name: 'Pangea',
    language: 'en',
    country_codes: countries(),
    ...PRODUCTS[kind],
    ...additionalConsent(USED_PRODUCTS.filter((product) => product !== 'transactions')),
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
 * Mints a Link token for update mode: the person signs in again, or chooses accounts anew, at the Item they have. Good for 30 minutes. Nothing is
 * exchanged afterwards; ask for the Item instead. @throws IntegrationError; ITEM_NOT_FOUND when Plaid has forgotten the Item (contracts: Plaid §5).
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
    client_name: 'Pangea',
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
 * Trades Link's public token, which is good once and for 30 minutes, for the Item's access token. Never repeated: a second try of a trade that
 * went through would be refused. @throws IntegrationError; INVALID_PUBLIC_TOKEN when it was used or ran out.
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

/** What Plaid says about an Item now; a broken login is an answer here, not an error. @throws IntegrationError; ITEM_NOT_FOUND when it is gone. */
export async function getItem(context: CallContext, accessToken: string): Promise<PlaidItem> {
  const about = { method: '/item/get', retry: true, deadlineMs: INTERACTIVE_TIMEOUT_MS, context }
  return toPlaidItem(
    await callPlaid(about, ItemResponse, (api, options) =>
      api.itemGet({ access_token: accessToken }, options)
    )
  )
}

/** All accounts of an Item that can be read, with the balances Plaid last read, which costs no visit to the bank. @throws IntegrationError. */
export async function listAccounts(
  context: CallContext,
  accessToken: string
): Promise<SyncedAccount[]> {
  return (await getAccounts(context, accessToken)).accounts
}

/** As above, with those that could not be read. */
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

/** Removes an Item at Plaid, which ends its access and its bill. One that is gone already counts as done. @throws IntegrationError. */
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

/** Sends an Item's webhooks to another address; Plaid confirms it there. @throws IntegrationError. */
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

/** A bank's name and logo; the logo is base64 of a PNG. Limited to 400 a minute, so keep the answer for a day. @throws IntegrationError. */
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
