/** Backend API: sign-in tokens, and actor tokens for impersonation. */
import { randomBytes } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { apiError, missingParam, notFound } from '@/sandbox/clerk/errors'
import { metadata, readParams, text } from '@/sandbox/clerk/frontend/caller'
import { ticketUrl } from '@/sandbox/clerk/frontend/tickets'
import type { Instance } from '@/sandbox/clerk/instance'
import type { TicketRecord } from '@/sandbox/clerk/records'
import { getUser } from '@/sandbox/clerk/users'

const MONTH_SECONDS = 30 * 24 * 3_600
const HOUR_SECONDS = 3_600
const ACTOR_SESSION_SECONDS = 1_800

export function addTickets(app: Hono, instance: Instance): void {
  app.post('/sign_in_tokens', async (c) => {
    const params = await readParams(c)
    const seconds = Number(params.expires_in_seconds ?? MONTH_SECONDS)
    return c.json(ticketShape(instance, createTicket(instance, 'sit', params, seconds)))
  })
  app.post('/sign_in_tokens/:id/revoke', (c) =>
    c.json(ticketShape(instance, revoke(c, instance, 'sign in token')))
  )
  app.post('/actor_tokens', async (c) => {
    const params = await readParams(c)
    const actor = metadata(params, 'actor')
    if (typeof actor?.sub !== 'string') throw missingParam('actor')
    const ticket = createTicket(
      instance,
      'act',
      params,
      Number(params.expires_in_seconds ?? HOUR_SECONDS),
      {
        actor,
        sessionSeconds: Number(params.session_max_duration_in_seconds ?? ACTOR_SESSION_SECONDS)
      }
    )
    return c.json(ticketShape(instance, ticket))
  })
  app.post('/actor_tokens/:id/revoke', (c) =>
    c.json(ticketShape(instance, revoke(c, instance, 'actor token')))
  )
}

function createTicket(
  instance: Instance,
  prefix: 'sit' | 'act',
  params: Record<string, unknown>,
  seconds: number,
  impersonation: Pick<TicketRecord, 'actor' | 'sessionSeconds'> = {}
): TicketRecord {
  const userId = text(params, 'user_id')
  if (!userId) throw missingParam('user_id')
  const now = instance.now()
  return instance.records.tickets.put({
    ...impersonation,
    id: `${prefix}_${instance.ids.text('ticket', 27)}`,
    userId: getUser(instance, userId).id,
    token: randomBytes(32).toString('base64url'),
    status: 'pending',
    expireAt: now + seconds * 1000,
    createdAt: now,
    updatedAt: now
  })
}

function revoke(c: Context, instance: Instance, kind: 'sign in token' | 'actor token') {
  const ticket = instance.records.tickets.get(c.req.param('id') ?? '')
  if (!ticket || (ticket.actor !== undefined) !== (kind === 'actor token')) throw notFound(kind)
  if (ticket.status !== 'pending')
    throw apiError(
      400,
      `${kind.replaceAll(' ', '_')}_cannot_be_revoked_code`,
      `${kind[0]?.toUpperCase()}${kind.slice(1)} cannot be revoked`
    )
  return instance.records.tickets.put({ ...ticket, status: 'revoked', updatedAt: instance.now() })
}

const ticketShape = (instance: Instance, ticket: TicketRecord) => ({
  object: ticket.actor ? 'actor_token' : 'sign_in_token',
  id: ticket.id,
  user_id: ticket.userId,
  ...(ticket.actor ? { actor: ticket.actor as never } : {}),
  token: ticket.token,
  status: ticket.status,
  url: ticketUrl(instance, ticket.token),
  created_at: ticket.createdAt,
  updated_at: ticket.updatedAt
})
