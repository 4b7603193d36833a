/** The OAuth bank's own pages: log in with anything, choose accounts, approve or deny. */
import type { Hono } from 'hono'
import { z } from 'zod'
import { PlaidFault } from '@/sandbox/plaid/errors'
import type { LinkInstitution, LinkToken, PlaidState } from '@/sandbox/plaid/link/types'
import { linkCall, requireLinkToken } from '@/sandbox/plaid/link/endpoint'
import { findVisit, type OauthVisit, storeVisit } from '@/sandbox/plaid/link/oauth-sessions'

const Visit = z.strictObject({ state_id: z.string() })

export function addBankRoutes(app: Hono, state: PlaidState): void {
  linkCall(app, '/oauth/api/visit', Visit, ({ state_id }) => {
    const { visit, token, bank } = requireVisit(state, state_id)
    return {
      status: visit.status,
      mode: visit.mode,
      client_name: token.clientName,
      bank: { name: bank.name, logo: bank.logo, color: bank.primaryColor },
      update: token.update !== null
    }
  })
  linkCall(
    app,
    '/oauth/api/login',
    Visit.extend({ username: z.string(), password: z.string() }),
    ({ state_id, username, password }) => {
      const { visit, token } = requireVisit(state, state_id)
      const { loginId, outcome } = state.login({
        linkToken: visit.linkToken,
        institutionId: visit.institutionId,
        username,
        password
      })
      if (outcome.kind === 'ok') storeVisit(state, { ...visit, loginId })
      const shared = token.update ? (state.findUpdateTarget(token)?.accountIds ?? []) : []
      return { outcome, shared }
    }
  )
  linkCall(
    app,
    '/oauth/api/decide',
    Visit.extend({ approve: z.boolean(), account_ids: z.array(z.string()) }),
    ({ state_id, approve, account_ids }) => {
      const { visit, token } = requireVisit(state, state_id)
      if (visit.status !== 'waiting')
        throw new PlaidFault('INVALID_FIELD', 'this visit has already ended')
      if (approve && !visit.loginId) throw new PlaidFault('INVALID_FIELD', 'log in first')
      if (approve && account_ids.length === 0)
        throw new PlaidFault('INVALID_FIELD', 'choose at least one account')
      storeVisit(state, {
        ...visit,
        status: approve ? 'approved' : 'denied',
        accountIds: approve ? account_ids : []
      })
      return { return_to: visit.mode === 'redirect' ? returnAddress(token, visit) : null }
    }
  )
}

function requireVisit(
  state: PlaidState,
  id: string
): { visit: OauthVisit; token: LinkToken; bank: LinkInstitution } {
  const visit = findVisit(state, id)
  const bank = visit && state.getInstitution(visit.institutionId)
  if (!visit || !bank) throw new PlaidFault('INVALID_FIELD', 'unknown oauth_state_id')
  return { visit, bank, token: requireLinkToken(state, visit.linkToken) }
}

const returnAddress = (token: LinkToken, visit: OauthVisit) =>
  `${token.redirectUri}?oauth_state_id=${encodeURIComponent(visit.id)}`
