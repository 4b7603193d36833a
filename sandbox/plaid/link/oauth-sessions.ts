/** A person's trip to an OAuth bank and back. The `oauth_state_id` in the app's return address names it. */
import type { LinkToken, PlaidState } from '@/sandbox/plaid/link/types'
import { LinkRefusal, requireLinkToken } from '@/sandbox/plaid/link/endpoint'

export type OauthVisit = {
  /** The `oauth_state_id`. */
  id: string
  linkToken: string
  institutionId: string
  mode: 'popup' | 'redirect'
  status: 'waiting' | 'approved' | 'denied'
  /** Set when the person has logged in at the bank. */
  loginId: string | null
  accountIds: string[]
  /** A return address works once. */
  resumed: boolean
}

const visits = (state: PlaidState) =>
  state.sandbox.store.collection<OauthVisit>('link_oauth_visits')

export const findVisit = (state: PlaidState, id: string) => visits(state).get(id)

export const storeVisit = (state: PlaidState, visit: OauthVisit) => visits(state).put(visit)

/** Opens a trip; a redirect needs the token to have a `redirect_uri`. */
export function startVisit(
  state: PlaidState,
  trip: Pick<OauthVisit, 'linkToken' | 'institutionId' | 'mode'>
): OauthVisit {
  const token = requireLinkToken(state, trip.linkToken)
  if (trip.mode === 'redirect' && !token.redirectUri)
    throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'the link token has no redirect_uri')
  const id = state.sandbox.ids.uuid('oauth-state')
  return storeVisit(state, {
    ...trip,
    id,
    status: 'waiting',
    loginId: null,
    accountIds: [],
    resumed: false
  })
}

/**
 * Where a person returns from the bank with the whole address of the app's return page.
 * Refuses an address without a known `oauth_state_id`, one of another Link token, and one used before.
 */
export function resumeVisit(
  state: PlaidState,
  token: LinkToken,
  receivedRedirectUri: string
): OauthVisit {
  const address = URL.canParse(receivedRedirectUri) ? new URL(receivedRedirectUri) : undefined
  const visit = findVisit(state, address?.searchParams.get('oauth_state_id') ?? '')
  if (!address || !visit || visit.linkToken !== token.id) {
    throw refusal(
      'INVALID_REQUEST',
      'INVALID_FIELD',
      'oauth uri does not contain a valid oauth_state_id query parameter'
    )
  }
  if (!isReturnAddress(address, token))
    throw refusal(
      'INVALID_REQUEST',
      'INVALID_FIELD',
      'received redirect uri must be the redirect_uri of the link token'
    )
  if (visit.resumed)
    throw refusal(
      'OAUTH_ERROR',
      'OAUTH_STATE_ID_ALREADY_PROCESSED',
      'this oauth state id was already used'
    )
  return storeVisit(state, { ...visit, resumed: true })
}

function isReturnAddress(address: URL, token: LinkToken): boolean {
  const query = [...address.searchParams.keys()]
  return (
    query.length === 1 &&
    address.hash === '' &&
    `${address.origin}${address.pathname}` === token.redirectUri
  )
}

const refusal = (type: string, code: string, message: string) =>
  new LinkRefusal({
    error_type: type,
    error_code: code,
    error_message: message,
    display_message: null
  })
