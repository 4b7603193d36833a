/**
 * OAuth sessions: the user's redirect to an OAuth bank and back. The `oauth_state_id` in the return
 * address identifies it.
 */

import { LinkError, requireLinkToken } from '@/sandbox/plaid/link/endpoint'
import type { LinkBackend, LinkToken } from '@/sandbox/plaid/link/types'

export type OauthSession = {
  /** The `oauth_state_id`. */
  id: string
  linkToken: string
  institutionId: string
  mode: 'popup' | 'redirect'
  status: 'waiting' | 'approved' | 'denied'
  /** Set once the user has logged in at the bank. */
  loginId: string | null
  accountIds: string[]
  /** A return address works once. */
  resumed: boolean
}

const oauthSessions = (state: LinkBackend) =>
  state.sandbox.store.collection<OauthSession>('link_oauth_visits')

export const findOauthSession = (state: LinkBackend, id: string) => oauthSessions(state).get(id)

export const saveOauthSession = (state: LinkBackend, session: OauthSession) =>
  oauthSessions(state).put(session)

/** Starts an OAuth session; a redirect requires a `redirect_uri` on the token. */
export function startOauthSession(
  state: LinkBackend,
  trip: Pick<OauthSession, 'linkToken' | 'institutionId' | 'mode'>
): OauthSession {
  const token = requireLinkToken(state, trip.linkToken)
  if (trip.mode === 'redirect' && !token.redirectUri)
    throw linkError('INVALID_REQUEST', 'INVALID_FIELD', 'the link token has no redirect_uri')
  const id = state.sandbox.ids.uuid('oauth-state')
  return saveOauthSession(state, {
    ...trip,
    id,
    status: 'waiting',
    loginId: null,
    accountIds: [],
    resumed: false
  })
}

/**
 * Completes an OAuth session from the full return address of the app. Refuses an address with an
 * unknown `oauth_state_id`, of another Link token, or already used.
 */
export function resumeOauthSession(
  state: LinkBackend,
  token: LinkToken,
  receivedRedirectUri: string
): OauthSession {
  const address = URL.canParse(receivedRedirectUri) ? new URL(receivedRedirectUri) : undefined
  const session = findOauthSession(state, address?.searchParams.get('oauth_state_id') ?? '')
  if (!address || !session || session.linkToken !== token.id) {
    throw linkError(
      'INVALID_REQUEST',
      'INVALID_FIELD',
      'oauth uri does not contain a valid oauth_state_id query parameter'
    )
  }
  if (!isReturnUrl(address, token))
    throw linkError(
      'INVALID_REQUEST',
      'INVALID_FIELD',
      'received redirect uri must be the redirect_uri of the link token'
    )
  if (session.resumed)
    throw linkError(
      'OAUTH_ERROR',
      'OAUTH_STATE_ID_ALREADY_PROCESSED',
      'this oauth state id was already used'
    )
  return saveOauthSession(state, { ...session, resumed: true })
}

function isReturnUrl(address: URL, token: LinkToken): boolean {
  const query = [...address.searchParams.keys()]
  return (
    query.length === 1 &&
    address.hash === '' &&
    `${address.origin}${address.pathname}` === token.redirectUri
  )
}

const linkError = (type: string, code: string, message: string) =>
  new LinkError({
    error_type: type,
    error_code: code,
    error_message: message,
    display_message: null
  })
