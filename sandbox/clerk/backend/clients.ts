/** Backend API: browsers and their sessions. */
import type { Hono } from 'hono'
import { notFound } from '@/sandbox/clerk/errors'
import { readParams, text } from '@/sandbox/clerk/frontend/caller'
import { redeemNonce } from '@/sandbox/clerk/frontend/handshake'
import type { Instance } from '@/sandbox/clerk/instance'
import { listOrPage } from '@/sandbox/clerk/paging'
import type { ClientRecord } from '@/sandbox/clerk/records'
import { backendSessionShape, isLive } from '@/sandbox/clerk/resources'

export function addClients(app: Hono, instance: Instance): void {
  const { clients, devBrowsers } = instance.records
  const shape = (client: ClientRecord) => clientShape(instance, client)
  const found = (client: ClientRecord | undefined): ClientRecord => {
    if (!client) throw notFound('client')
    return client
  }
  app.get('/clients', (c) =>
    c.json(
      listOrPage(
        c,
        clients.all().sort((a, b) => b.createdAt - a.createdAt),
        shape
      ) as never
    )
  )
  app.get('/clients/handshake_payload', (c) => {
    const directives = redeemNonce(instance, c.req.query('nonce') ?? '')
    if (!directives) throw notFound('handshake payload')
    return c.json({ directives })
  })
  // The only token that names a browser here is the one of a development instance's URLs.
  app.post('/clients/verify', async (c) => {
    const browser = devBrowsers.get(text(await readParams(c), 'token') ?? '')
    return c.json(shape(found(clients.get(browser?.clientId ?? ''))))
  })
  app.get('/clients/:id', (c) => c.json(shape(found(clients.get(c.req.param('id'))))))
}

function clientShape(instance: Instance, client: ClientRecord) {
  const sessions = instance.records.sessions
    .filter((s) => s.clientId === client.id)
    .sort((a, b) => b.lastActiveAt - a.lastActiveAt)
  return {
    object: 'client',
    id: client.id,
    session_ids: sessions.map((s) => s.id),
    sessions: sessions.map((s) => backendSessionShape(instance, s)),
    sign_in_id: client.signInId,
    sign_up_id: client.signUpId,
    last_active_session_id: sessions.find((s) => isLive(instance, s))?.id ?? null,
    last_authentication_strategy: client.lastStrategy,
    created_at: client.createdAt,
    updated_at: client.updatedAt
  }
}
