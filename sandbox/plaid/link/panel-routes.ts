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

/** Adds `POST /link/api/{name}`: every call of the panel names its Link token. */
function panelEndpoint<Fields extends z.ZodRawShape>(
  app: Hono,
  name: string,
  fields: Fields,
  handler: (
    body: z.output<z.ZodObject<Fields & { link_token: z.ZodString }, z.core.$strict>>
  ) => object
): void {
  const body = z.strictObject({ ...fields, link_token: z.string() })
  addLinkEndpoint(app, `/link/api/${name}`, body, handler)
}

export function addPanelRoutes(app: Hono, state: LinkBackend): void {
  panelEndpoint(app, 'start', { received_redirect_uri: z.string().nullish() }, (body) =>
    startSession(state, body)
  )
  panelEndpoint(app, 'institutions', { query: z.string() }, ({ link_token, query }) => {
    const { countryCodes, products } = requireLinkToken(state, link_token)
    return { institutions: state.listInstitutions({ query, countryCodes, products }).map(toView) }
  })
  const event = { name: z.string(), metadata: z.record(z.string(), z.unknown()) }
  panelEndpoint(app, 'event', event, ({ link_token, name, metadata }) => {
    state.recordLinkEvent(link_token, { name, metadata })
    return {}
  })
  addLoginRoutes(app, state)
  addOauthRoutes(app, state)
}

/** A login without OAuth: credentials, multi-factor answers, a one-time code, account selection. */
function addLoginRoutes(app: Hono, state: LinkBackend): void {
  const credentials = { institution_id: z.string(), username: z.string(), password: z.string() }
  panelEndpoint(app, 'login', credentials, (body) =>
    state.login({
      linkToken: body.link_token,
      institutionId: body.institution_id,
      username: body.username,
      password: body.password
    })
  )
  const answers = { login_id: z.string(), answers: z.array(z.string()) }
  panelEndpoint(app, 'mfa', answers, (body) => ({
    loginId: body.login_id,
    outcome: state.answerMfa(body.login_id, body.answers)
  }))
  panelEndpoint(app, 'verify', { code: z.string() }, ({ link_token, code }) =>
    state.verifyCode(link_token, code)
  )
  const selection = { login_id: z.string(), account_ids: z.array(z.string()) }
  panelEndpoint(app, 'finish', selection, (body) => {
    const done = {
      linkToken: body.link_token,
      loginId: body.login_id,
      accountIds: body.account_ids
    }
    return requireLinkToken(state, body.link_token).update
      ? state.finishUpdate(done)
      : state.finishNew(done)
  })
}

/** A login on the bank's own page, in a popup or by redirect. */
function addOauthRoutes(app: Hono, state: LinkBackend): void {
  const start = { institution_id: z.string(), mode: z.enum(['popup', 'redirect']) }
  panelEndpoint(app, 'oauth/start', start, (body) => {
    const session = startOauthSession(state, {
      linkToken: body.link_token,
      institutionId: body.institution_id,
      mode: body.mode
    })
    return { state_id: session.id }
  })
  panelEndpoint(app, 'oauth/status', { state_id: z.string() }, ({ link_token, state_id }) => {
    const session = findOauthSession(state, state_id)
    if (session?.linkToken !== link_token)
      throw new PlaidApiError('INVALID_FIELD', 'unknown oauth_state_id')
    return toResult(session)
  })
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
