/** The browser's client and its sessions: touch, new tokens, sign-out. */
import type { Hono } from 'hono'
import { apiError, noActiveSession, notFound } from '@/sandbox/clerk/errors'
import {
  type Caller,
  ensureClient,
  type Params,
  respondWithClient,
  route,
  text
} from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import { templateToken } from '@/sandbox/clerk/jwt-templates'
import { requireMembership } from '@/sandbox/clerk/organizations/memberships'
import type { SessionRecord } from '@/sandbox/clerk/records'
import { clientShape, isLive, sessionShape, sessionToken } from '@/sandbox/clerk/resources'
import { endSession } from '@/sandbox/clerk/users'

export function addSessions(app: Hono, instance: Instance): void {
  const current = (caller: Caller) =>
    caller.client && clientShape(instance, caller.client, caller.origin)
  const signOut = (caller: Caller) => {
    for (const session of liveSessions(instance, caller)) endSession(instance, session, 'removed')
    return current(caller) ?? null
  }

  route(app, instance, 'GET', '/v1/client', (c, caller) =>
    c.json({ response: (current(caller) ?? null) as never, client: null })
  )
  for (const method of ['PUT', 'POST'] as const)
    route(app, instance, method, '/v1/client', (c, caller) => {
      ensureClient(instance, caller)
      return c.json({ response: (current(caller) ?? null) as never, client: null })
    })
  for (const path of ['/v1/client', '/v1/client/sessions'])
    route(app, instance, 'DELETE', path, (c, caller) =>
      c.json({ response: signOut(caller) as never, client: null })
    )

  addSessionRoutes(app, instance)
}

function addSessionRoutes(app: Hono, instance: Instance): void {
  const session = '/v1/client/sessions/:id'
  route(app, instance, 'GET', session, (c, caller) => {
    const own = ownSession(instance, caller, c.req.param('id'))
    return respondWithClient(c, instance, caller, sessionShape(instance, own, caller.origin))
  })
  route(app, instance, 'POST', `${session}/touch`, (c, caller, params) => {
    const own = liveSession(instance, caller, c.req.param('id'))
    chooseOrganization(instance, own, params)
    const touched = instance.records.sessions.put({ ...own, lastActiveAt: instance.now() })
    return respondWithClient(c, instance, caller, sessionShape(instance, touched, caller.origin))
  })
  route(app, instance, 'POST', `${session}/tokens`, (c, caller, params) => {
    const own = liveSession(instance, caller, c.req.param('id'))
    const chosen = organizationParam(instance, own, params, 'organization_id')
    const jwt = sessionToken(
      instance,
      own,
      caller.origin,
      chosen === undefined ? {} : { organizationId: chosen }
    )
    return c.json({ object: 'token', jwt })
  })
  route(app, instance, 'POST', `${session}/tokens/:template`, (c, caller) => {
    const own = liveSession(instance, caller, c.req.param('id'))
    const name = c.req.param('template') ?? ''
    return c.json({ object: 'token', jwt: templateToken(instance, own, name, caller.origin) })
  })
  for (const [verb, status] of [
    ['end', 'ended'],
    ['remove', 'removed']
  ] as const)
    route(app, instance, 'POST', `${session}/${verb}`, (c, caller) => {
      const ended = endSession(instance, ownSession(instance, caller, c.req.param('id')), status)
      return respondWithClient(c, instance, caller, sessionShape(instance, ended, caller.origin))
    })
}

/** The organization that a request names: undefined when it names none, null for no organization. */
function organizationParam(
  instance: Instance,
  { userId }: SessionRecord,
  params: Params,
  name: string
): string | null | undefined {
  if (!(name in params)) return undefined
  const id = text(params, name)
  return id ? requireMembership(instance, id, userId).organizationId : null
}

/** Also of the user's next session. */
function chooseOrganization(instance: Instance, session: SessionRecord, params: Params): void {
  const chosen = organizationParam(instance, session, params, 'active_organization_id')
  const user = instance.records.users.get(session.userId)
  if (chosen === undefined || !user) return
  session.organizationId = chosen
  instance.records.users.put({ ...user, ...(chosen ? { organizationId: chosen } : {}) })
}

/** Single-session mode: sign-in and sign-up require that no one is signed in. */
export function refuseSecondSession(instance: Instance, caller: Caller): void {
  if (liveSessions(instance, caller).length > 0)
    throw apiError(
      400,
      'session_exists',
      'Session already exists',
      "You're currently in single session mode. You can only be signed into one account at a time."
    )
}

const liveSessions = (instance: Instance, caller: Caller) =>
  caller.client
    ? instance.records.sessions.filter(
        (s) => s.clientId === caller.client?.id && isLive(instance, s)
      )
    : []

function ownSession(instance: Instance, caller: Caller, id: string | undefined): SessionRecord {
  const session = instance.records.sessions.get(id ?? '')
  if (!session || session.clientId !== caller.client?.id) throw notFound('session')
  return session
}

/** 401 instead of 404 for an ended session, because only 401 makes the browser sign out. */
export function liveSession(
  instance: Instance,
  caller: Caller,
  id: string | undefined
): SessionRecord {
  const session = instance.records.sessions.get(id ?? '')
  if (!session || session.clientId !== caller.client?.id || !isLive(instance, session))
    throw noActiveSession()
  return session
}
