/** As many webhooks as the site accepts: each sender sends the next one when it has its answer. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '@/scripts/bench/load/open-model'
import type { Site } from '@/scripts/bench/load/site'
import { postWebhook, webhookBody } from '@/scripts/bench/load/webhooks'
import { signed } from '@/tests/support/plaid/webhook-signatures'

const SAMPLE_MS = 250
/** Signed before the time starts, because signing costs the machine as much as verifying. */
const SIGNED_PER_SECOND = 1_500
const DRAINED_WITHIN_MS = 60_000

type Burst = {
  senders: number
  perSecond: number
  refused: number
  /** Milliseconds to the answer. */
  latencies: number[]
  /** The most webhooks that waited to be worked off, and the age of the oldest one in seconds. */
  waiting: number
  oldest: number
  /** Seconds until no webhook waited, after the last answer. */
  drained: number
}

/** @param items whose webhooks arrive in turn. */
export async function measureBurst(
  site: Site,
  items: readonly string[],
  { senders, seconds }: { senders: number; seconds: number }
): Promise<Burst> {
  const prepared = Array.from({ length: seconds * SIGNED_PER_SECOND }, (_, n) => {
    const body = webhookBody(items[n % items.length] ?? '', randomUUID())
    return { body, signature: signed(site.key, body) }
  })
  const burst = { senders, refused: 0, latencies: [] as number[], waiting: 0, oldest: 0 }
  const begun = performance.now()
  const until = begun + seconds * 1_000
  const send = async () => {
    for (let next = prepared.pop(); next && performance.now() < until; next = prepared.pop()) {
      const sentAt = performance.now()
      const status = await postWebhook(site, next.body, next.signature).then(
        (answer) => answer.status,
        () => null
      )
      if (status === 200) burst.latencies.push(performance.now() - sentAt)
      else burst.refused++
    }
  }
  const sending = Promise.all(Array.from({ length: senders }, send))
  let sent = false
  const sampling = (async () => {
    while (!sent) {
      const { count, oldest } = await readBacklog(site)
      burst.waiting = Math.max(burst.waiting, count)
      burst.oldest = Math.max(burst.oldest, oldest)
      await pause(SAMPLE_MS)
    }
  })()
  await sending
  const ended = performance.now()
  sent = true
  await sampling
  while ((await readBacklog(site)).count > 0 && performance.now() < ended + DRAINED_WITHIN_MS)
    await pause(SAMPLE_MS)
  const perSecond = burst.latencies.length / ((ended - begun) / 1_000)
  return { ...burst, perSecond, drained: (performance.now() - ended) / 1_000 }
}

async function readBacklog({ database }: Site): Promise<{ count: number; oldest: number }> {
  const { rows } = await database.query<{ count: number; oldest: number }>(
    `select count(*)::int as count, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as oldest
     from webhook_deliveries where status in ('pending', 'in_progress')`
  )
  return rows[0] ?? { count: 0, oldest: 0 }
}

export const BURST_HEADER = `
| senders | accepted/s | not 200 | ack p50 / p95 / p99, ms | waiting at most | oldest, s | worked off after, s |
|---|---|---|---|---|---|---|`

export const burstRow = (burst: Burst): string => {
  const { senders, perSecond, refused, latencies, waiting, oldest, drained } = burst
  const times = [0.5, 0.95, 0.99].map((share) => percentile(latencies, share).toFixed(0))
  return `| ${senders} | ${perSecond.toFixed(0)} | ${refused} | ${times.join(' / ')} | ${waiting} | ${oldest.toFixed(1)} | ${drained.toFixed(1)} |`
}
