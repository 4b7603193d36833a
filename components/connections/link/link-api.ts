/** What is sent to our server when Link ends. */
import type {
  PlaidLinkError,
  PlaidLinkOnExitMetadata,
  PlaidLinkOnSuccessMetadata
} from 'react-plaid-link'
import { apiSend } from '@/components/lib/api'
import type { LinkResponse } from '@/lib/api/responses'

const exchanges = new Map<string, Promise<LinkResponse>>()

/**
 * Hands a public token to the server once, however often Link or React calls. A failed hand-over may be tried again: the server answers
 * the same token with the same connection.
 */
export function exchangePublicToken(
  publicToken: string,
  metadata: PlaidLinkOnSuccessMetadata,
  visit?: string
): Promise<LinkResponse> {
  const known = exchanges.get(publicToken)
  if (known) return known
  const exchange = apiSend<LinkResponse>('/api/v1/bank/set_access_token', {
    public_token: publicToken,
    link_session_id: metadata.link_session_id,
    institution_id: metadata.institution?.institution_id ?? null,
    accounts: metadata.accounts.map(({ id, name, mask, subtype }) => ({ id, name, mask, subtype })),
    ...(visit ? { visit } : {})
  })
  exchanges.set(publicToken, exchange)
  exchange.catch(() => exchanges.delete(publicToken))
  return exchange
}

/** What a visit to Link was about, as far as it is known when it ends. */
export type LinkContext = { connectionId?: string; visit?: string }

const contextFields = ({ connectionId, visit }: LinkContext) => ({
  ...(connectionId ? { connection_id: connectionId } : {}),
  ...(visit ? { visit } : {})
})

const reportedSessions = new Set<string>()

/** A hand-over that failed is told once, however often it is tried again. */
export function reportUnfinished(metadata: PlaidLinkOnSuccessMetadata): void {
  if (reportedSessions.has(metadata.link_session_id)) return
  reportedSessions.add(metadata.link_session_id)
  reportSuccess(metadata)
}

/** Tells the server how a visit to Link ended. Losing such a line must never be in anyone's way. */
export function reportSuccess(
  metadata: PlaidLinkOnSuccessMetadata,
  context: LinkContext = {}
): void {
  report({
    type: 'success',
    link_session_id: metadata.link_session_id,
    institution_id: metadata.institution?.institution_id ?? null,
    ...contextFields(context)
  })
}

export function reportExit(
  error: PlaidLinkError | null,
  metadata: PlaidLinkOnExitMetadata,
  context: LinkContext = {}
): void {
  report({
    type: 'exit',
    link_session_id: metadata.link_session_id || null,
    request_id: metadata.request_id || null,
    status: metadata.status,
    error_type: error?.error_type ?? null,
    error_code: error?.error_code ?? null,
    institution_id: metadata.institution?.institution_id ?? null,
    ...contextFields(context)
  })
}

function report(event: Record<string, string | null>): void {
  apiSend('/api/v1/link-events', event).catch(() => {})
}
