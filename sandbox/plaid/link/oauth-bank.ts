/** The OAuth bank's pages: any login works; choose accounts, approve or deny. */
import type { Hono } from 'hono'
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { addLinkEndpoint, requireLinkToken } from '@/sandbox/plaid/link/endpoint'
import {
  findOauthSession,
  type OauthSession,
  saveOauthSession
} from '@/sandbox/plaid/link/oauth-sessions'
import type { LinkBackend, LinkInstitution, LinkToken } from '@/sandbox/plaid/link/types'

const SessionInput = z.strictObject({ state_id: z.string() })

export function addOauthBankRoutes(app: Hono, state: LinkBackend): void {
  addLinkEndpoint(app, '/oauth/api/visit', SessionInput, ({ state_id }) => {
    const { session, token, bank } = requireOauthSession(state, state_id)
    return {
      status: session.status,
      mode: session.mode,
      client_name: token.clientName,
      bank: { name: bank.name, logo: bank.logo, color: bank.primaryColor },
      update: token.update !== null
    }
  })
  addLinkEndpoint(
    app,
    '/oauth/api/login',
    SessionInput.extend({ username: z.string(), password: z.string() }),
    ({ state_id, username, password }) => {
      const { session, token } = requireOauthSession(state, state_id)
      const { loginId, outcome } = state.login({
        linkToken: session.linkToken,
        institutionId: session.institutionId,
        username,
        password
      })
      if (outcome.kind === 'ok') saveOauthSession(state, { ...session, loginId })
      const shared = token.update ? (state.findUpdateTarget(token)?.accountIds ?? []) : []
      return { outcome, shared }
    }
  )
  addLinkEndpoint(
    app,
    '/oauth/api/decide',
    SessionInput.extend({ approve: z.boolean(), account_ids: z.array(z.string()) }),
    ({ state_id, approve, account_ids }) => {
      const { session, token } = requireOauthSession(state, state_id)
      if (session.status !== 'waiting')
        throw new PlaidApiError('INVALID_FIELD', 'this OAuth session has already ended')
      if (approve && !session.loginId) throw new PlaidApiError('INVALID_FIELD', 'log in first')
      if (approve && account_ids.length === 0)
        throw new PlaidApiError('INVALID_FIELD', 'choose at least one account')
      saveOauthSession(state, {
        ...session,
        status: approve ? 'approved' : 'denied',
        accountIds: approve ? account_ids : []
      })
      return { return_to: session.mode === 'redirect' ? returnUrl(token, session) : null }
    }
  )
}

function requireOauthSession(
  state: LinkBackend,
  id: string
): { session: OauthSession; token: LinkToken; bank: LinkInstitution } {
  const session = findOauthSession(state, id)
  const bank = session && state.getInstitution(session.institutionId)
  if (!session || !bank) throw new PlaidApiError('INVALID_FIELD', 'unknown oauth_state_id')
  return { session, bank, token: requireLinkToken(state, session.linkToken) }
}

const returnUrl = (token: LinkToken, session: OauthSession) =>
  `${token.redirectUri}?oauth_state_id=${encodeURIComponent(session.id)}`
