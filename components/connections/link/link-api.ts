import type {
  PlaidLinkError,
  PlaidLinkOnExitMetadata,
  PlaidLinkOnSuccessMetadata
} from 'react-plaid-link'
import { apiSend } from '@/components/lib/api'
import type { LinkResponse, LinkTokenResponse } from '@/lib/api/responses'
import type { LinkKind } from '@/lib/domain/connections/connection'

/** API calls at the end of a Link session. */

const exchanges = new Map<string, Promise<LinkResponse>>()

/**
 * Exchanges a public token once, however often Link or React calls. A failed exchange can be
 * retried: it is idempotent per token.
 */
export function exchangePublicToken(
  publicToken: string,
  metadata: PlaidLinkOnSuccessMetadata,
  sessionId?: string
): Promise<LinkResponse> {
  const known = exchanges.get(publicToken)
  if (known) return known
  const exchange = apiSend<LinkResponse>('/api/v1/bank/set_access_token', {
    public_token: publicToken,
    link_session_id: metadata.link_session_id,
    institution_id: metadata.institution?.institution_id ?? null,
    accounts: metadata.accounts.map(({ id, name, mask, subtype }) => ({ id, name, mask, subtype })),
    ...(sessionId ? { visit: sessionId } : {})
  })
  exchanges.set(publicToken, exchange)
  exchange.catch(() => exchanges.delete(publicToken))
  return exchange
}

/** The facts about a Link session at its end. */
export type LinkContext = { connectionId?: string; visit?: string }

const contextFields = ({ connectionId, visit: sessionId }: LinkContext) => ({
  ...(connectionId ? { connection_id: connectionId } : {}),
  ...(sessionId ? { visit: sessionId } : {})
})

const reportedSessions = new Set<string>()

/** Reports a failed exchange once, however often it is retried. */
export function reportUnfinished(metadata: PlaidLinkOnSuccessMetadata): void {
  if (reportedSessions.has(metadata.link_session_id)) return
  reportedSessions.add(metadata.link_session_id)
  reportSuccess(metadata)
}

/**
 * Reports how a Link session ended. Failures are ignored: a lost report must not block the user.
 */
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

/** Creates the token that opens Link. */

export const createLinkToken = (kind: LinkKind = 'everyday') =>
  apiSend<LinkTokenResponse>(`/api/v1/bank/connect?kind=${kind}`, {})

/**
 * In onboarding the token comes with the application's result; a second request returns why there
 * is none.
 */
export async function createFirstLinkToken(): Promise<LinkTokenResponse> {
  const { link } = await apiSend<{ link: LinkTokenResponse | null }>('/api/v1/application/link', {})
  return link ?? createLinkToken()
}
