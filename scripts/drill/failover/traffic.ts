/** Webhooks, changes by users and reads during the failover, and whether acknowledged ones are kept. */
import { randomUUID } from 'node:crypto'
import { plannedArrivals, runOpenModel } from '@/scripts/bench/load/open-model'
import type { Reader } from '@/scripts/bench/load/users'
import { sendWebhook, webhookBody } from '@/scripts/bench/load/webhooks'
import { runStatement } from '@/scripts/drill/failover/cluster'
import type { Site } from '@/scripts/drill/failover/site'
import { bodyHash } from '@/tests/support/plaid/webhook-signatures'

const WEBHOOKS_PER_SECOND = 20
const CHANGES_PER_SECOND = 3
const READS_PER_SECOND = 5

/** One request. Times are milliseconds since the traffic began. */
export type Attempt = {
  at: number
  endedAt: number
  ok: boolean
  fault: string | null
  /** The row that the database must have if the request was acknowledged. */
  write: { table: 'webhook_deliveries' | 'own_assets'; id: string } | null
}

/** @returns every request, once all have ended. */
export async function startTraffic(
  site: Site,
  readers: Reader[],
  seconds: number
): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  const begun = performance.now()
  const recorded = (
    times: number[],
    act: (n: number) => Promise<Attempt['write']>
  ): Promise<unknown> =>
    runOpenModel(times, async (n) => {
      const at = times[n] ?? 0
      const end = (fault: string | null, write: Attempt['write']) =>
        void attempts.push({
          at,
          endedAt: performance.now() - begun,
          ok: !fault,
          fault,
          write
        })
      await act(n).then(
        (write) => end(null, write),
        (thrown: Error) => end(thrown.message, null)
      )
    })
  const items = readers.flatMap(({ itemIds }) => itemIds)
  const of = <T>(list: T[], n: number) => list[n % list.length] as T
  await Promise.all([
    recorded(plannedArrivals(WEBHOOKS_PER_SECOND, seconds, 1), (n) => deliver(site, of(items, n))),
    recorded(plannedArrivals(CHANGES_PER_SECOND, seconds, 2), (n) =>
      addAsset(site, of(readers, n))
    ),
    recorded(plannedArrivals(READS_PER_SECOND, seconds, 3), (n) => read(site, of(readers, n)))
  ])
  return attempts
}

async function deliver(site: Site, itemId: string): Promise<Attempt['write']> {
  const id = randomUUID()
  await sendWebhook(site, itemId, id)
  return { table: 'webhook_deliveries', id: bodyHash(webhookBody(itemId, id)) }
}

async function addAsset({ client }: Site, reader: Reader): Promise<Attempt['write']> {
  const { status, body } = await client.send('/api/v1/assets', {
    method: 'POST',
    headers: { ...reader.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'House', kind: 'home', currency: 'USD', value: '100000' })
  })
  if (status !== 200) throw new Error(`change ${status}`)
  return { table: 'own_assets', id: (JSON.parse(body) as { id: string }).id }
}

async function read({ client }: Site, { headers }: Reader): Promise<null> {
  const { status } = await client.send('/api/v1/connections', { headers })
  if (status !== 200) throw new Error(`read ${status}`)
  return null
}

/** Looks for every acknowledged write. */
export async function findMissing(
  url: string,
  attempts: Attempt[]
): Promise<{ acknowledged: number; missing: number }> {
  const written = attempts.flatMap(({ write }) => write ?? [])
  let missing = 0
  for (const [table, column] of [
    ['webhook_deliveries', 'body_hash'],
    ['own_assets', 'id']
  ] as const) {
    const ids = written.filter((write) => write.table === table).map(({ id }) => id)
    const { rows } = await runStatement(
      url,
      `select count(*)::int as missing from unnest($1::text[]) as wanted (id)
       where not exists (select from ${table} t where t.${column}::text = wanted.id)`,
      [ids]
    )
    missing += (rows[0] as { missing: number }).missing
  }
  return { acknowledged: written.length, missing }
}

/** How the outage looked to those who sent the requests. Milliseconds after the kill. */
export function outageOf(attempts: Attempt[], killedAt: number) {
  const after = attempts.filter(({ at }) => at >= killedAt)
  const faults = new Map<string, number>()
  for (const { fault } of attempts) if (fault) faults.set(fault, (faults.get(fault) ?? 0) + 1)
  const failures = attempts.filter(({ ok }) => !ok)
  return {
    firstMs: Math.min(...after.filter(({ ok }) => ok).map(({ endedAt }) => endedAt)) - killedAt,
    lastFailureMs: Math.max(0, ...failures.map(({ at }) => at - killedAt)),
    slowestMs: Math.max(...attempts.filter(({ ok }) => ok).map(({ at, endedAt }) => endedAt - at)),
    faults: [...faults].map(([fault, times]) => `${fault} (${times})`).join(', ') || 'none'
  }
}
