/** /link/token/create. */
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { getInstitution } from '@/sandbox/plaid/institutions'
import { requireItem } from '@/sandbox/plaid/items'
import {
  HOSTED_LIFETIME_SECONDS,
  hostedUrl,
  MAX_HOSTED_LIFETIME_SECONDS
} from '@/sandbox/plaid/link/hosted'
import { isIsoDate } from '@/sandbox/plaid/logins/calendar'
import { incrementCounter, type LinkSession, type Plaid } from '@/sandbox/plaid/records'
import { fields, route } from '@/sandbox/plaid/request'

const COUNTRIES = [
  'US',
  'GB',
  'ES',
  'NL',
  'FR',
  'IE',
  'CA',
  'DE',
  'IT',
  'PL',
  'DK',
  'NO',
  'SE',
  'EE',
  'LT',
  'LV',
  'PT',
  'BE',
  'AT',
  'FI'
] as const
const LANGUAGES = [
  'da',
  'nl',
  'en',
  'et',
  'fr',
  'de',
  'hi',
  'it',
  'lv',
  'lt',
  'no',
  'pl',
  'pt',
  'ro',
  'es',
  'sv',
  'vi'
]
const PRODUCTS = [
  'transactions',
  'auth',
  'identity',
  'assets',
  'investments',
  'liabilities',
  'signal',
  'statements',
  'income_verification',
  'transfer',
  'recurring_transactions'
]
const products = z.array(z.enum(PRODUCTS))
const HOUR = 3_600_000

/** https, or http on this machine; no query and no fragment. */
const redirectUri = z.string().refine((text) => {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const local = ['localhost', '127.0.0.1'].includes(url.hostname)
  return (
    (url.protocol === 'https:' || (url.protocol === 'http:' && local)) &&
    !url.search &&
    !url.hash &&
    !text.includes('*')
  )
}, 'OAuth redirect URI must be configured in the developer dashboard')

/** Settings of Plaid's that change nothing here. */
const IGNORED = [
  'auth',
  'identity',
  'investments',
  'investments_auth',
  'transfer',
  'income_verification',
  'employment',
  'eu_config',
  'financekit_supported',
  'cra_enabled',
  'cra_options',
  'base_report',
  'cashflow_report',
  'credit_partner_insights',
  'consumer_report_permissible_purpose',
  'card_switch',
  'user_token',
  'third_party_user_token'
] as const

const isoDate = z.string().refine(isIsoDate, 'must be a date, as in 2020-10-30')

const CreateSchema = fields({
  client_name: z.string().min(1),
  language: z.string().refine((code) => LANGUAGES.includes(code), 'language is not supported'),
  country_codes: z.array(z.enum(COUNTRIES)).min(1),
  user: z.looseObject({ client_user_id: z.string().min(1) }).optional(),
  user_id: z.string().optional(),
  products: products.nullish(),
  required_if_supported_products: products.nullish(),
  optional_products: products.nullish(),
  additional_consented_products: products.nullish(),
  webhook: z.url().optional(),
  access_token: z.string().nullish(),
  link_customization_name: z.string().optional(),
  // An app without OAuth sends an empty one.
  redirect_uri: redirectUri.or(z.literal('')).optional(),
  android_package_name: z.string().optional(),
  account_filters: z
    .record(z.string(), z.looseObject({ account_subtypes: z.array(z.string()).min(1) }))
    .optional(),
  institution_id: z.string().optional(),
  institution_data: z.looseObject({}).optional(),
  appearance_mode: z.string().nullish(),
  statements: z.strictObject({ start_date: isoDate, end_date: isoDate }).optional(),
  ...Object.fromEntries(IGNORED.map((field) => [field, z.unknown().optional()])),
  update: z
    .strictObject({
      account_selection_enabled: z.boolean().optional(),
      reauthorization_enabled: z.boolean().optional(),
      user: z.boolean().optional()
    })
    .optional(),
  transactions: z
    .strictObject({ days_requested: z.number().int().min(1).max(730).optional() })
    .optional(),
  enable_multi_item_link: z.boolean().optional(),
  hosted_link: z
    .strictObject({
      delivery_method: z.enum(['sms', 'email']).optional(),
      completion_redirect_uri: z.url().optional(),
      url_lifetime_seconds: z.number().int().min(1).max(MAX_HOSTED_LIFETIME_SECONDS).optional(),
      is_mobile_app: z.boolean().optional()
    })
    .optional()
})
type Create = z.infer<typeof CreateSchema>

export function addLinkTokenRoutes(plaid: Plaid): void {
  route(plaid, '/link/token/create', CreateSchema, (body, c, clientId) => {
    const session = createSession(plaid, body, clientId)
    return {
      link_token: session.id,
      expiration: session.expiresAt,
      ...(session.hosted ? { hosted_link_url: hostedUrl(c.req.url, session.hosted.id) } : {})
    }
  })
}

function createSession(plaid: Plaid, body: Create, clientId: string): LinkSession {
  const item = body.access_token ? requireItem(plaid, body.access_token) : undefined
  checkCombinations(body)
  incrementCounter(plaid, 'linkTokens')
  const now = plaid.sandbox.clock.now()
  return plaid.linkSessions.put({
    id: `link-sandbox-${plaid.sandbox.ids.uuid('link-token')}`,
    clientId,
    userId: item?.clientUserId ?? body.user?.client_user_id ?? body.user_id ?? '',
    products: item ? [] : [...new Set(body.products)],
    optionalProducts: item ? [] : optionalOf(body),
    consentedProducts: body.additional_consented_products ?? [],
    accountFilters: body.account_filters ?? {},
    countryCodes: body.country_codes,
    language: body.language,
    clientName: body.client_name.length > 30 ? 'This Application' : body.client_name,
    webhook: item ? null : (body.webhook ?? null),
    redirectUri: body.redirect_uri || null,
    update: item
      ? { itemId: item.id, accountSelection: body.update?.account_selection_enabled ?? false }
      : null,
    daysRequested: body.transactions?.days_requested ?? 90,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + lifetimeOf(body)).toISOString(),
    linkSessionId: plaid.sandbox.ids.uuid('link-session'),
    events: [],
    finished: [],
    failedLogins: 0,
    hosted: body.hosted_link
      ? {
          id: plaid.sandbox.ids.uuid('hosted-link'),
          completionRedirectUri: body.hosted_link.completion_redirect_uri ?? null,
          exit: null
        }
      : null
  })
}

function lifetimeOf({ hosted_link, access_token }: Create): number {
  if (hosted_link) return (hosted_link.url_lifetime_seconds ?? HOSTED_LIFETIME_SECONDS) * 1_000
  return access_token ? HOUR / 2 : 4 * HOUR
}

function checkCombinations(body: Create): void {
  if (!body.user && !body.user_id)
    throw new PlaidApiError(
      'MISSING_FIELDS',
      'the following required fields are missing: user.client_user_id'
    )
  if (body.access_token && body.products?.length)
    throw new PlaidApiError('INVALID_FIELD', 'products must not be set when access_token is set')
  if (!body.access_token && !body.products?.length)
    throw new PlaidApiError('MISSING_FIELDS', 'the following required fields are missing: products')
  if (body.update && !body.access_token)
    throw new PlaidApiError('INVALID_FIELD', 'update is only for update mode')
  const lists = [
    body.products,
    body.required_if_supported_products,
    body.optional_products,
    body.additional_consented_products
  ].map((list) => list ?? [])
  const [asked = [], ifSupported = [], optional = [], consented = []] = lists
  if (
    overlap(asked, [...ifSupported, ...optional, ...consented]) ||
    overlap(ifSupported, [...optional, ...consented])
  )
    throw new PlaidApiError(
      'INVALID_FIELD',
      'a product may stand in one of the lists of products only'
    )
  if (body.institution_id && !getInstitution(body.institution_id))
    throw new PlaidApiError('INVALID_INSTITUTION')
}

const optionalOf = (body: Create) => [
  ...(body.required_if_supported_products ?? []),
  ...(body.optional_products ?? [])
]

const overlap = (some: readonly string[], others: readonly string[]) =>
  some.some((product) => others.includes(product))
