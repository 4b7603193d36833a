/**
 * Outgoing webhooks: at least once, retried, stored on disk; loss, repeats and reordering can be
 * switched on.
 */
import { z } from 'zod'
import type { Ids } from '@/sandbox/core/ids'
import type { Collection, Store } from '@/sandbox/core/store'

export type Delivery = {
  id: string
  url: string
  /** The vendor's own event name, for the console. */
  event: string
  body: string
  headers: Record<string, string>
  status: 'waiting' | 'delivered' | 'given_up' | 'dropped'
  attempts: { at: string; status: number | null }[]
  nextAttemptAt: number
  createdAt: string
}

export const DeliveryModeSchema = z.strictObject({
  /** Drop every new delivery. */
  drop: z.boolean().default(false),
  /** Send every new delivery twice. */
  duplicate: z.boolean().default(false),
  /** Milliseconds before the first attempt. */
  delay: z.number().int().nonnegative().default(0)
})
export type DeliveryMode = z.infer<typeof DeliveryModeSchema>

export type Deliveries = {
  /** Queues one webhook and returns at once. `sign` runs at each attempt over the exact bytes. */
  send(message: {
    url: string
    event: string
    body: string
    headers?: Record<string, string>
  }): Delivery
  redeliver(id: string): Promise<Delivery | undefined>
  list(): Delivery[]
  mode(next?: DeliveryMode): DeliveryMode
  /** Resolves when no delivery is due; for tests. */
  settle(): Promise<void>
  close(): void
}

type SignBody = (
  body: string,
  delivery: Delivery
) => Record<string, string> | Promise<Record<string, string>>

async function post(delivery: Delivery, sign: SignBody): Promise<number> {
  const signed = await sign(delivery.body, delivery)
  const response = await fetch(delivery.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...delivery.headers, ...signed },
    body: delivery.body,
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000)
  })
  await response.arrayBuffer()
  return response.status
}

/** Attempts due deliveries every 200 ms. A receiver that hangs delays only its own deliveries. */
function createSender(kept: Collection<Delivery>, sign: SignBody, retries: readonly number[]) {
  /** Attempts in progress, by delivery. */
  const inFlight = new Map<string, Promise<void>>()
  let closed = false
  const attempt = async (delivery: Delivery) => {
    // A receiver's failure must not throw: a truncated body counts as no response, even after a
    // 200.
    const status = await post(delivery, sign).catch(() => null)
    delivery.attempts.push({ at: new Date().toISOString(), status })
    const retry = retries[delivery.attempts.length - 1]
    if (status !== null && status >= 200 && status < 300) delivery.status = 'delivered'
    else if (retry === undefined) delivery.status = 'given_up'
    else delivery.nextAttemptAt = Date.now() + retry
    if (kept.get(delivery.id)) kept.put(delivery)
  }
  const start = (delivery: Delivery): Promise<void> => {
    const running =
      inFlight.get(delivery.id) ?? attempt(delivery).finally(() => inFlight.delete(delivery.id))
    inFlight.set(delivery.id, running)
    return running
  }
  const due = () => kept.filter((d) => d.status === 'waiting' && d.nextAttemptAt <= Date.now())
  const startDue = () => {
    if (!closed) for (const delivery of due()) void start(delivery)
  }
  const timer = setInterval(startDue, 200)
  timer.unref()
  return {
    start,
    startDue,
    settle: async () => {
      for (startDue(); inFlight.size; startDue()) await Promise.all(inFlight.values())
    },
    close: () => {
      closed = true
      clearInterval(timer)
    }
  }
}

/**
 * @param retries delays before each further attempt, in milliseconds (the vendor's schedule,
 * shortened).
 */
export function createDeliveries(
  store: Store,
  ids: Ids,
  sign: SignBody,
  retries = [1_000, 4_000, 16_000, 60_000]
): Deliveries {
  const kept = store.collection<Delivery>('deliveries')
  const { start, startDue, settle, close } = createSender(kept, sign, retries)
  let mode: DeliveryMode = { drop: false, duplicate: false, delay: 0 }
  const queue = (message: Pick<Delivery, 'url' | 'event' | 'body' | 'headers'>): Delivery =>
    kept.put({
      ...message,
      id: ids.uuid('delivery'),
      status: mode.drop ? 'dropped' : 'waiting',
      attempts: [],
      nextAttemptAt: Date.now() + mode.delay,
      createdAt: new Date().toISOString()
    })

  return {
    send({ url, event, body, headers = {} }) {
      const message = { url, event, body, headers }
      const delivery = queue(message)
      if (mode.duplicate) queue(message)
      setImmediate(startDue)
      return delivery
    },
    async redeliver(id) {
      const delivery = kept.get(id)
      if (!delivery) return undefined
      await start(delivery)
      return delivery
    },
    list: () => kept.all().sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
    mode: (next) => {
      if (next) mode = next
      return mode
    },
    settle,
    close
  }
}
