/** Events and the signed webhooks that deliver them to each subscription. */
import { createHmac, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Delivery } from '@/sandbox/core/deliveries'
import { cursorList, singlePage } from '@/sandbox/jiko/pagination'
import type { BankEvent, Jiko } from '@/sandbox/jiko/state'

export const EVENT_TYPES = [
  'application.approved',
  'application.documents_needed',
  'application.manual_review',
  'application.rejected',
  'card.status.closed',
  'card.status.frozen',
  'card.status.locked',
  'card.status.open',
  'card.transaction.approved',
  'card.transaction.rejected',
  'transfers.ach.out.success',
  'transfers.ach.out.rejected',
  'transfers.ach.in.success',
  'transfers.ach.in.rejected',
  'transfers.wire.out.processing',
  'transfers.wire.out.success',
  'transfers.wire.out.rejected',
  'transfers.on-us.processing',
  'transfers.on-us.success',
  'transfers.on-us.rejected'
]

export const EventSchema = z.strictObject({
  event_id: z.uuid(),
  event_type: z.enum(EVENT_TYPES),
  timestamp: z.iso.datetime({ offset: true }),
  payload: z.record(z.string(), z.unknown())
})

/**
 * Records an event and sends it to its subscribers. Times are real, because receivers check their
 * age.
 */
export function emit(jiko: Jiko, type: string, payload: Record<string, unknown>): void {
  publish(jiko, {
    event_id: randomUUID(),
    event_type: type,
    timestamp: new Date().toISOString(),
    payload
  })
}

export function publish(jiko: Jiko, envelope: z.infer<typeof EventSchema>): void {
  const body = JSON.stringify(envelope)
  const wanted = jiko.records.subscriptions.filter(
    ({ status, events }) => status === 'enabled' && events.includes(envelope.event_type)
  )
  const sent = wanted.map(({ id, url, shared_secret }) => {
    const signature = createHmac('sha256', shared_secret).update(body).digest('base64')
    const delivery = jiko.sandbox.deliveries.send({
      url,
      event: envelope.event_type,
      body,
      headers: { 'x-jiko-signature': signature }
    })
    return { deliveryId: delivery.id, subscriptionId: id }
  })
  jiko.records.events.put({
    id: envelope.event_id,
    body,
    event_type: envelope.event_type,
    timestamp: envelope.timestamp,
    sent
  })
}

export function addEvents(jiko: Jiko): void {
  const { app } = jiko.sandbox
  app.get('/api/v1/events/types/', (c) => c.json(singlePage(EVENT_TYPES)))
  app.get('/api/v1/events/', (c) => {
    const after = Date.parse(c.req.query('after') ?? '') || 0
    const subscription = c.req.query('subscription_id')
    const deliveries = new Map(
      jiko.sandbox.deliveries.list().map((delivery) => [delivery.id, delivery])
    )
    const events = jiko.records.events
      .filter(
        ({ timestamp, sent }) =>
          Date.parse(timestamp) > after &&
          (!subscription || sent.some(({ subscriptionId }) => subscriptionId === subscription))
      )
      .sort((a, b) => a.timestamp.localeCompare(b.timestamp) || a.id.localeCompare(b.id))
    return c.json(cursorList(c, events, (event) => render(event, deliveries)))
  })
}

function render(event: BankEvent, deliveries: Map<string, Delivery>) {
  const attempts = event.sent.flatMap(({ deliveryId, subscriptionId }) =>
    (deliveries.get(deliveryId)?.attempts ?? []).map(({ at, status }, n) => ({
      delivery_attempt_id: `${deliveryId}-${n}`,
      subscription_id: subscriptionId,
      success: status !== null && status >= 200 && status < 300,
      response_code: status,
      response_message: null,
      called_at: at
    }))
  )
  return { event: JSON.parse(event.body) as unknown, delivery_attempts: attempts }
}
