/** Backend API: sessions, their tokens, sign-in tickets. */
import { randomBytes } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { apiError, invalidValue, missingParam, notFound } from '@/sandbox/clerk/errors'
import { readParams, text } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import type { SessionRecord, TicketRecord } from '@/sandbox/clerk/records'
import {
  activityOf,
  backendSessionShape,
  isLive,
  sessionStatus,
  sessionToken
} from '@/sandbox/clerk/resources'
import { createClient, endSession, getUser, startSession } from '@/sandbox/clerk/users'

const MONTH_SECONDS = 30 * 24 * 3_600

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
  app.post('/sessions/:id/tokens', (c) => createToken(c, instance, session(c)))
  addTickets(app, instance)
}

async function createToken(c: Context, instance: Instance, session: SessionRecord) {
  const seconds = (await readParams(c)).expires_in_seconds
  if (seconds !== undefined && !(Number(seconds) >= 30 && Number(seconds) <= 315_360_000))
    throw invalidValue('expires_in_seconds')
  if (!isLive(instance, session))
    throw apiError(
      404,
      'resource_not_found',
      'Session not found',
      `No active session was found with id ${session.id}`
    )
  const lifetime = seconds === undefined ? undefined : Number(seconds)
  return c.json({
    object: 'token',
    jwt: sessionToken(instance, session, undefined, lifetime)
  })
}

function listSessions(c: Context, instance: Instance): Response {
  const { client_id, user_id, status, paginated } = c.req.query()
  if (!client_id && !user_id) throw missingParam('user_id')
  const all = instance.records.sessions
    .filter(
      (s) =>
        (!client_id || s.clientId === client_id) &&
        (!user_id || s.userId === user_id) &&
        (!status || sessionStatus(instance, s) === status)
    )
    .sort((a, b) => b.createdAt - a.createdAt)
  const offset = Number(c.req.query('offset') ?? 0)
  const data = all
    .slice(offset, offset + Number(c.req.query('limit') ?? 10))
    .map((s) => backendSessionShape(instance, s))
  return paginated === 'true' ? c.json({ data, total_count: all.length }) : c.json(data)
}

function addTickets(app: Hono, instance: Instance): void {
  app.post('/sign_in_tokens', async (c) => {
    const params = await readParams(c)
    const userId = text(params, 'user_id')
    if (!userId) throw missingParam('user_id')
    const now = instance.now()
    const ticket = instance.records.tickets.put({
      id: `sit_${instance.ids.text('ticket', 27)}`,
      userId: getUser(instance, userId).id,
      token: randomBytes(32).toString('base64url'),
      status: 'pending',
      expireAt: now + Number(params.expires_in_seconds ?? MONTH_SECONDS) * 1000,
      createdAt: now,
      updatedAt: now
    })
    return c.json(ticketShape(instance, ticket))
  })
  app.post('/sign_in_tokens/:id/revoke', (c) => {
    const ticket = instance.records.tickets.get(c.req.param('id'))
    if (!ticket) throw notFound('sign in token')
    if (ticket.status !== 'pending')
      throw apiError(400, 'sign_in_token_cannot_be_revoked_code', 'Sign in token cannot be revoked')
    return c.json(
      ticketShape(
        instance,
        instance.records.tickets.put({ ...ticket, status: 'revoked', updatedAt: instance.now() })
      )
    )
  })
}

const ticketShape = (instance: Instance, ticket: TicketRecord) => ({
  object: 'sign_in_token',
  id: ticket.id,
  user_id: ticket.userId,
  token: ticket.token,
  status: ticket.status,
  url: `https://${instance.host}/v1/tickets/accept?ticket=${ticket.token}`,
  created_at: ticket.createdAt,
  updated_at: ticket.updatedAt
})
