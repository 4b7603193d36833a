/** Backend API: sessions and their tokens. */
import type { Context, Hono } from 'hono'
import {
  apiError,
  invalidValue,
  missingParam,
  noActiveSession,
  notFound
} from '@/sandbox/clerk/errors'
import { readParams, text } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import { templateToken } from '@/sandbox/clerk/jwt-templates'
import { listOrPage } from '@/sandbox/clerk/paging'
import type { SessionRecord } from '@/sandbox/clerk/records'
import {
  activityOf,
  backendSessionShape,
  isLive,
  sessionStatus,
  sessionToken
} from '@/sandbox/clerk/resources'
import { createClient, endSession, getUser, startSession } from '@/sandbox/clerk/users'

export function addBackendSessions(app: Hono, instance: Instance): void {
  const session = (c: Context): SessionRecord => {
    const found = instance.records.sessions.get(c.req.param('id') ?? '')
    if (!found) throw notFound('session')
    return found
  }
  app.get('/sessions', (c) => listSessions(c, instance))
  app.post('/sessions', async (c) => {
    const userId = text(await readParams(c), 'user_id')
    if (!userId) throw missingParam('user_id')
    const made = startSession(instance, createClient(instance), getUser(instance, userId), {
      userAgent: c.req.header('user-agent') ?? '',
      strategy: null
    })
    return c.json(backendSessionShape(instance, made))
  })
  app.get('/sessions/:id', (c) => {
    const found = session(c)
    return c.json({
      ...backendSessionShape(instance, found),
      latest_activity: activityOf(found)
    })
  })
  app.post('/sessions/:id/revoke', (c) =>
    c.json(backendSessionShape(instance, endSession(instance, session(c), 'revoked')))
  )
  app.post('/sessions/:id/verify', (c) => {
    const found = session(c)
    if (!isLive(instance, found)) throw noActiveSession()
    return c.json(backendSessionShape(instance, found))
  })
  app.post('/sessions/:id/tokens', (c) => createToken(c, instance, session(c)))
  app.post('/sessions/:id/tokens/:template', (c) => createTemplateToken(c, instance, session(c)))
}

async function createToken(c: Context, instance: Instance, session: SessionRecord) {
  const seconds = (await readParams(c)).expires_in_seconds
  if (seconds !== undefined && !(Number(seconds) >= 30 && Number(seconds) <= 315_360_000))
    throw invalidValue('expires_in_seconds')
  requireLive(instance, session)
  const lifetime = seconds === undefined ? {} : { lifetime: Number(seconds) }
  return c.json({ object: 'token', jwt: sessionToken(instance, session, undefined, lifetime) })
}

function createTemplateToken(c: Context, instance: Instance, session: SessionRecord): Response {
  requireLive(instance, session)
  const jwt = templateToken(instance, session, c.req.param('template') ?? '', undefined)
  return c.json({ object: 'token', jwt })
}

function requireLive(instance: Instance, session: SessionRecord): void {
  if (!isLive(instance, session))
    throw apiError(
      404,
      'resource_not_found',
      'Session not found',
      `No active session was found with id ${session.id}`
    )
}

function listSessions(c: Context, instance: Instance): Response {
  const { client_id, user_id, status } = c.req.query()
  if (!client_id && !user_id) throw missingParam('user_id')
  const all = instance.records.sessions
    .filter(
      (s) =>
        (!client_id || s.clientId === client_id) &&
        (!user_id || s.userId === user_id) &&
        (!status || sessionStatus(instance, s) === status)
    )
    .sort((a, b) => b.createdAt - a.createdAt)
  return c.json(listOrPage(c, all, (s) => backendSessionShape(instance, s)) as never)
}
