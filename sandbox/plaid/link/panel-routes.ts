/** The requests of the Link panel: start, search, log in, answer, finish, store an event. */
import type { Hono } from 'hono'
import { z } from 'zod'
import { errorBody, PlaidApiError } from '@/sandbox/plaid/errors'
import { addLinkEndpoint, requireLinkToken } from '@/sandbox/plaid/link/endpoint'
import {
  findOauthSession,
  type OauthSession,
  resumeOauthSession,
  startOauthSession
} from '@/sandbox/plaid/link/oauth-sessions'
import { readLinkSettings } from '@/sandbox/plaid/link/settings'
import type { LinkBackend, LinkInstitution } from '@/sandbox/plaid/link/types'

const MAX_NAME_LENGTH = 30
const Token = z.strictObject({ link_token: z.string() })

export function addPanelRoutes(app: Hono, state: LinkBackend): void {
  addLinkEndpoint(
    app,
    '/link/api/start',
    Token.extend({ received_redirect_uri: z.string().nullish() }),
    (body) => startSession(state, body)
  )
  addLinkEndpoint(
    app,
    '/link/api/institutions',
    Token.extend({ query: z.string() }),
    ({ link_token, query }) => {
      const token = requireLinkToken(state, link_token)
      const found = state.listInstitutions({
        query,
        countryCodes: token.countryCodes,
        products: token.products
      })
      return { institutions: found.map(toView) }
    }
  )
  addLinkEndpoint(
    app,
    '/link/api/login',
    Token.extend({ institution_id: z.string(), username: z.string(), password: z.string() }),
    (body) =>
      state.login({
        linkToken: body.link_token,
        institutionId: body.institution_id,
        username: body.username,
        password: body.password
      })
  )
  addLinkEndpoint(
    app,
    '/link/api/mfa',
    Token.extend({ login_id: z.string(), answers: z.array(z.string()) }),
    ({ login_id, answers }) => ({
      loginId: login_id,
      outcome: state.answerMfa(login_id, answers)
    })
  )
  addLinkEndpoint(
    app,
    '/link/api/finish',
    Token.extend({ login_id: z.string(), account_ids: z.array(z.string()) }),
    (body) => {
      const done = {
        linkToken: body.link_token,
        loginId: body.login_id,
        accountIds: body.account_ids
      }
      return requireLinkToken(state, body.link_token).update
        ? state.finishUpdate(done)
        : state.finishNew(done)
    }
  )
  addLinkEndpoint(
    app,
    '/link/api/verify',
    Token.extend({ code: z.string() }),
    ({ link_token, code }) => state.verifyCode(link_token, code)
  )
  addLinkEndpoint(
    app,
    '/link/api/event',
    Token.extend({ name: z.string(), metadata: z.record(z.string(), z.unknown()) }),
    ({ link_token, name, metadata }) => {
      state.recordLinkEvent(link_token, { name, metadata })
      return {}
    }
  )
  addLinkEndpoint(
    app,
    '/link/api/oauth/start',
    Token.extend({ institution_id: z.string(), mode: z.enum(['popup', 'redirect']) }),
    (body) => ({
      state_id: startOauthSession(state, {
        linkToken: body.link_token,
        institutionId: body.institution_id,
        mode: body.mode
      }).id
    })
  )
  addLinkEndpoint(
    app,
    '/link/api/oauth/status',
    Token.extend({ state_id: z.string() }),
    ({ link_token, state_id }) => {
      const session = findOauthSession(state, state_id)
      if (session?.linkToken !== link_token)
        throw new PlaidApiError('INVALID_FIELD', 'unknown oauth_state_id')
      return toResult(session)
    }
  )
}

function startSession(
  state: LinkBackend,
  body: { link_token: string; received_redirect_uri?: string | null }
) {
  const token = requireLinkToken(state, body.link_token)
  const target = token.update ? state.findUpdateTarget(token) : undefined
  const returned = body.received_redirect_uri
    ? resumeOauthSession(state, token, body.received_redirect_uri)
    : undefined
  const institution = state.getInstitution(returned?.institutionId ?? target?.institutionId ?? '')
  const settings = readLinkSettings(state)
  return {
    client_name: token.clientName.length > MAX_NAME_LENGTH ? 'This Application' : token.clientName,
    link_session_id: token.linkSessionId,
    can_redirect: token.redirectUri !== null,
    update: token.update
      ? {
          account_selection: token.update.accountSelection,
          account_ids: target?.accountIds ?? [],
          asks_for_code: target?.asksForCode ?? false
        }
      : null,
    institution: institution ? toView(institution) : null,
    returned: returned ? toResult(returned) : null,
    settings: { events: settings.events, oauth: settings.oauth }
  }
}

/** Reports anything but an approval as an error: a denial, or an abandoned login. */
const toResult = (session: OauthSession) => ({
  status: session.status,
  login_id: session.loginId,
  account_ids: session.accountIds,
  error:
    session.status === 'approved'
      ? null
      : errorBody(session.status === 'denied' ? 'ACCESS_NOT_GRANTED' : 'INSUFFICIENT_CREDENTIALS')
})

const toView = (bank: LinkInstitution) => ({
  id: bank.id,
  name: bank.name,
  logo: bank.logo,
  color: bank.primaryColor,
  host: bank.url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/.*$/, ''),
  oauth: bank.oauth,
  status: bank.status
})
