/** `npm run bench webhooks`: storing webhooks fifty at a time, and working them off, without vendors. */

import { runNextJob } from '@/lib/services/pangea/worker/worker'
import { makeConnection } from '@/scripts/bench/sync'
import { saveItemDelivery } from '@/tests/support/fixtures/deliveries'
import { onStatement } from '@/xata/client'

const AT_ONCE = 50
/** Webhooks, and over how many Items. */
const CASES = [
  [3_000, 30],
  [500, 500]
] as const

/** @returns so many Items, for which nothing is waiting. */
export async function createItems(count: number): Promise<string[]> {
  const items: string[] = []
  for (let n = 0; n < count; n++) items.push(`item-${(await makeConnection()).connectionId}`)
  await drain()
  return items
}

export async function reportWebhooks(): Promise<void> {
  const items = await createItems(500)
  console.log(`
| webhooks | Items | stored/s | statements each | worked off/s | statements each |
|---|---|---|---|---|---|`)
  for (const [count, over] of CASES) {
    const stored = await timed(count, () => store(count, items.slice(0, over)))
    const done = await timed(count, drain)
    console.log(`| ${count} | ${over} | ${stored} | ${done} |`)
  }
}

async function timed(count: number, run: () => Promise<unknown>): Promise<string> {
  let statements = 0
  const stop = onStatement(() => statements++)
  const begun = performance.now()
  await run().finally(stop)
  const seconds = (performance.now() - begun) / 1_000
  return `${(count / seconds).toFixed(0)} | ${(statements / count).toFixed(3)}`
}

export function store(count: number, items: readonly string[]): Promise<unknown> {
  let next = 0
  const send = async () => {
    while (next < count) await saveItemDelivery(items[next++ % items.length] ?? '')
  }
  return Promise.all(Array.from({ length: AT_ONCE }, send))
}

export async function drain(): Promise<void> {
  while (await runNextJob(['delivery']));
}
