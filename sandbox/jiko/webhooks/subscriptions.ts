/** Webhook subscriptions: event kinds, URL and secret. The secret is never returned. */
import { z } from 'zod'
import { notFound, readBody } from '@/sandbox/jiko/errors'
import { cursorList } from '@/sandbox/jiko/pagination'
import type { Jiko, Subscription } from '@/sandbox/jiko/state'
import { EVENT_TYPES } from '@/sandbox/jiko/webhooks/events'

const fields = {
  events: z.array(z.enum(EVENT_TYPES)).min(1),
  url: z.url(),
  shared_secret: z.string().min(16),
  description: z.string().nullish(),
  retry_policy: z.unknown().optional()
}
const Create = z.strictObject(fields)
const Update = z.strictObject({ ...fields, status: z.enum(['enabled', 'disabled']) }).partial()

export function addSubscriptions(jiko: Jiko): void {
  const { app, ids } = jiko.sandbox
  const { subscriptions } = jiko.records
  const base = '/api/v1/subscriptions/'
  app.post(base, async (c) => {
    const wanted = await readBody(c, Create)
    const at = jiko.now().toISOString()
    const subscription = subscriptions.put({
      ...wanted,
      id: ids.uuid('subscription'),
      description: wanted.description ?? null,
      retry_policy: wanted.retry_policy ?? null,
      status: 'enabled',
      time_created: at,
      updated_at: at
    })
    return c.json(render(subscription), 201)
  })
  app.get(base, (c) => c.json(cursorList(c, subscriptions.all(), render)))
  app.get(`${base}:id/`, (c) => c.json(render(getSubscription(jiko, c.req.param('id')))))
  app.patch(`${base}:id/`, async (c) => {
    const known = getSubscription(jiko, c.req.param('id'))
    const { events, url, shared_secret, description, retry_policy, status } = await readBody(
      c,
      Update
    )
    const updated = subscriptions.put({
      ...known,
      events: events ?? known.events,
      url: url ?? known.url,
      shared_secret: shared_secret ?? known.shared_secret,
      description: description === undefined ? known.description : description,
      retry_policy: retry_policy ?? known.retry_policy,
      status: status ?? known.status,
      updated_at: jiko.now().toISOString()
    })
    return c.json(render(updated))
  })
  app.delete(`${base}:id/`, (c) => {
    subscriptions.delete(getSubscription(jiko, c.req.param('id')).id)
    return c.body(null, 204)
  })
}

function getSubscription({ records }: Jiko, id: string): Subscription {
  const subscription = records.subscriptions.get(id)
  if (!subscription) throw notFound()
  return subscription
}

const render = ({ shared_secret: _, ...shown }: Subscription) => ({
  ...shown,
  object_type: 'Subscription'
})
