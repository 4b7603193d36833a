/** Link tokens: for a new connection in the page or on another device, and for update mode. */
import 'server-only'
import { type CountryCode, type LinkTokenCreateRequest, Products } from 'plaid'
import type { z } from 'zod'
import type { LinkKind } from '@/lib/domain/connections/connection'
import type { Language } from '@/lib/domain/text/languages'
import type { UserActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import { type CallContext, callPlaid } from '@/lib/services/plaid/client'
import { HostedLinkTokenResponse, LinkTokenResponse } from '@/lib/services/plaid/link-wire'
import { toIsoTime } from '@/lib/services/plaid/map'
import { plaid } from '@/pangea.config'

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
  application: {
    products: [Products.Transactions],
    required_if_supported_products: [Products.Identity]
  },
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

/**
 * Consent to compare the owner later; Plaid bills it when it is used. `application` asks for Identity
 * already, and a product may be in one list only.
 */
const ownerConsent = (kind: LinkKind) =>
  additionalConsent(plaid.compareOwners && kind !== 'application' ? [Products.Identity] : [])

const additionalConsent = (products: readonly string[]) =>
  products.length > 0 ? { additional_consented_products: [...products] as Products[] } : {}

/** `language` is that of Link's pages. */
type NewConnection = { webhookUrl: string; kind?: LinkKind; language?: Language }

type CreatedToken = { linkToken: string; expiresAt: string }

const newConnection = (
  actor: UserActor,
  { webhookUrl, kind = 'everyday', language = 'en' }: NewConnection
): LinkTokenCreateRequest => ({
  client_name: plaid.clientName,
  language,
  country_codes: countries(),
  ...PRODUCTS[kind],
  ...optionalProducts(PRODUCTS[kind].products),
  ...ownerConsent(kind),
  user: { client_user_id: actor.userId },
  webhook: webhookUrl,
  transactions: { days_requested: HISTORY_DAYS }
})

/**
 * Creates a Link token for a new connection: valid 4 hours, single use. @returns the token and its
 * expiry as an ISO instant.
 * @throws IntegrationError; INVALID_FIELD if the redirect URI is not allow-listed (contracts:
 * Plaid §5).
 */
export async function linkAccount(
  actor: UserActor,
  { redirectUri, ...asked }: NewConnection & { redirectUri?: string | null }
): Promise<CreatedToken> {
  const request = {
    ...newConnection(actor, asked),
    ...(redirectUri ? { redirect_uri: redirectUri } : {})
  }
  return toCreatedToken(await createToken(request, { userId: actor.userId }, LinkTokenResponse))
}

/**
 * Creates a Link token whose session runs on a page of Plaid's, on any device: valid 30 minutes,
 * for one session. The result is read with `readHostedLink`.
 * @throws IntegrationError.
 */
export async function startHostedLink(
  actor: UserActor,
  asked: NewConnection
): Promise<CreatedToken & { url: string }> {
  const request = { ...newConnection(actor, asked), hosted_link: {} }
  const answer = await createToken(request, { userId: actor.userId }, HostedLinkTokenResponse)
  return { ...toCreatedToken(answer), url: answer.hosted_link_url }
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
    additionalProducts,
    language = 'en'
  }: {
    accessToken: string
    redirectUri?: string | null
    additionalProducts: readonly string[]
    language?: Language
  }
): Promise<CreatedToken> {
  const request: LinkTokenCreateRequest = {
    client_name: plaid.clientName,
    language,
    country_codes: countries(),
    user: { client_user_id: context.userId },
    access_token: accessToken,
    update: { account_selection_enabled: true },
    ...additionalConsent(additionalProducts),
    ...(redirectUri ? { redirect_uri: redirectUri } : {})
  }
  return toCreatedToken(await createToken(request, context, LinkTokenResponse))
}

function createToken<Schema extends z.ZodType>(
  request: LinkTokenCreateRequest,
  context: CallContext,
  schema: Schema
): Promise<z.output<Schema>> {
  const about = {
    method: '/link/token/create',
    retry: true,
    deadlineMs: INTERACTIVE_TIMEOUT_MS,
    context
  }
  return callPlaid(about, schema, (api, options) => api.linkTokenCreate(request, options))
}

const toCreatedToken = ({
  link_token,
  expiration
}: z.output<typeof LinkTokenResponse>): CreatedToken => ({
  linkToken: link_token,
  expiresAt: toIsoTime(expiration) ?? expiration
})
