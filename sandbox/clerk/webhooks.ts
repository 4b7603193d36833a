/** Outgoing events, signed as Svix signs them for Clerk. */
import { createHmac, randomBytes } from 'node:crypto'
import type { Deliveries, Delivery } from '@/sandbox/core/deliveries'

type EventType =
  | 'user.created'
  | 'user.updated'
  | 'user.deleted'
  | 'session.created'
  | 'session.ended'
  | 'session.removed'
  | 'session.revoked'
  | `organization.${'created' | 'updated' | 'deleted'}`
  | `organizationMembership.${'created' | 'updated' | 'deleted'}`
  | `organizationInvitation.${'created' | 'accepted' | 'revoked'}`

/** Queues one event without waiting for its delivery. */
export type Notify = (type: EventType, data: object) => void

export function createNotify(
  deliveries: () => Deliveries,
  instanceId: () => string,
  target: { url: string } | undefined
): Notify {
  return (type, data) => {
    if (!target) return
    const body = JSON.stringify({
      data,
      object: 'event',
      type,
      timestamp: Date.now(),
      instance_id: instanceId(),
      event_attributes: { http_request: { client_ip: '127.0.0.1', user_agent: '' } }
    })
    deliveries().send({
      url: target.url,
      event: type,
      body,
      headers: { 'svix-id': `msg_${randomBytes(16).toString('hex')}` }
    })
  }
}

/** Headers of one attempt: retries keep the id and get a new timestamp. */
export function svixSigner(
  secret: string
): (body: string, delivery: Delivery) => Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return (body, delivery) => {
    const timestamp = String(Math.floor(Date.now() / 1000))
    const signature = createHmac('sha256', key)
      .update(`${delivery.headers['svix-id']}.${timestamp}.${body}`)
      .digest('base64')
    return { 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` }
  }
}
