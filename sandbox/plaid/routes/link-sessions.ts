/** /link/token/get: what happened in the sessions of a Link token. */
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import type { LinkSession, Plaid } from '@/sandbox/plaid/records'
import { fields, route } from '@/sandbox/plaid/request'

export function addLinkSessionRoutes(plaid: Plaid): void {
  route(plaid, '/link/token/get', fields({ link_token: z.string() }), ({ link_token }) => {
    const session = plaid.linkSessions.get(link_token)
    if (!session) throw new PlaidApiError('INVALID_LINK_TOKEN')
    return toWireSession(session)
  })
}

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
            finished_at: session.finished.at(-1)?.at ?? session.hosted?.exit?.at ?? null,
            ...(session.hosted?.exit ? { exit: toWireExit(session.hosted.exit.metadata) } : {}),
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

/** Why the window was closed, from the fields of its last event. */
const toWireExit = (metadata: Record<string, unknown>) => ({
  error: metadata.error_code
    ? {
        error_type: metadata.error_type,
        error_code: metadata.error_code,
        error_message: metadata.error_message ?? '',
        display_message: null
      }
    : null,
  metadata: {
    institution: metadata.institution_id
      ? { name: metadata.institution_name, institution_id: metadata.institution_id }
      : null,
    status: metadata.exit_status ?? '',
    link_session_id: metadata.link_session_id,
    request_id: metadata.request_id
  }
})

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
