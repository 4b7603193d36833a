/** /link/token/create and /link/token/get. */
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { getInstitution } from '@/sandbox/plaid/institutions'
import { requireItem } from '@/sandbox/plaid/items'
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
  redirect_uri: redirectUri.optional(),
  android_package_name: z.string().optional(),
  account_filters: z
    .record(z.string(), z.looseObject({ account_subtypes: z.array(z.string()).min(1) }))
    .optional(),
  institution_id: z.string().optional(),
  institution_data: z.looseObject({}).optional(),
  appearance_mode: z.string().nullish(),
  auth: z.looseObject({}).optional(),
  identity: z.looseObject({}).optional(),
  investments: z.looseObject({}).optional(),
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
  enable_multi_item_link: z.boolean().optional()
})
type Create = z.infer<typeof CreateSchema>

export function addLinkTokenRoutes(plaid: Plaid): void {
  route(plaid, '/link/token/create', CreateSchema, (body, _c, clientId) => {
    const item = body.access_token ? requireItem(plaid, body.access_token) : undefined
    checkCombinations(body)
    const now = plaid.sandbox.clock.now()
    const session = plaid.linkSessions.put({
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
      redirectUri: body.redirect_uri ?? null,
      update: item
        ? { itemId: item.id, accountSelection: body.update?.account_selection_enabled ?? false }
        : null,
      daysRequested: body.transactions?.days_requested ?? 90,
      createdAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + (item ? HOUR / 2 : 4 * HOUR)).toISOString(),
      linkSessionId: plaid.sandbox.ids.uuid('link-session'),
      events: [],
      finished: [],
      failedLogins: 0
    })
    incrementCounter(plaid, 'linkTokens')
    return { link_token: session.id, expiration: session.expiresAt }
  })
  route(plaid, '/link/token/get', fields({ link_token: z.string() }), ({ link_token }) => {
    const session = plaid.linkSessions.get(link_token)
    if (!session) throw new PlaidApiError('INVALID_LINK_TOKEN')
    return toWireSession(session)
  })
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

function toWireSession(session: LinkSession) {
  const results = {
    item_add_results: session.finished.map(({ publicToken, metadata }) => ({
      public_token: publicToken,
      accounts: metadata.accounts,
      institution: metadata.institution
    })),
    cra_item_add_results: [],
    cra_update_results: [],
    bank_income_results: [],
    payroll_income_results: [],
    document_income_results: null
  }
  const events = session.events.map((event) => ({
    event_name: event.name,
    timestamp: event.at,
    event_id: event.id,
    event_metadata: toWireEvent(event.metadata)
  }))
  const opened = session.events.length > 0 || session.finished.length > 0
  return {
    link_token: session.id,
    created_at: session.createdAt,
    expiration: session.expiresAt,
    link_sessions: opened
      ? [
          {
            link_session_id: session.linkSessionId,
            started_at: session.createdAt,
            finished_at: session.finished.at(-1)?.at ?? null,
            events,
            results
          }
        ]
      : [],
    metadata: {
      initial_products: session.products,
      webhook: session.webhook,
      country_codes: session.countryCodes,
      language: session.language,
      account_filters: session.accountFilters,
      redirect_uri: session.redirectUri,
      client_name: session.clientName
    }
  }
}

const EVENT_FIELDS = [
  'error_code',
  'error_message',
  'error_type',
  'exit_status',
  'institution_id',
  'institution_name',
  'institution_search_query',
  'request_id',
  'mfa_type',
  'view_name',
  'selection',
  'brand_name',
  'match_reason',
  'routing_number',
  'account_number_mask'
]

/** The server's view of an event has fewer fields than the browser's and omits empty ones. */
const toWireEvent = (metadata: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(metadata).filter(([name, value]) => EVENT_FIELDS.includes(name) && value != null)
  )
