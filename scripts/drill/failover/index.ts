/**
 * `npm run drill -- failover`: kills the primary under load, promotes the standby, and compares what
 * was acknowledged with what the standby has.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { percentile, plannedArrivals, runOpenModel } from '@/scripts/bench/load/open-model'
import { createReaders, type Reader, untilSynced } from '@/scripts/bench/load/users'
import { sendWebhook } from '@/scripts/bench/load/webhooks'
import { isAlive, killServer, promote, runStatement } from '@/scripts/drill/failover/cluster'
import { openFailoverSite, type Site } from '@/scripts/drill/failover/site'
import { findMissing, outageOf, startTraffic } from '@/scripts/drill/failover/traffic'
import type { Check } from '@/scripts/drill/restore'

const USERS = 5
const LOAD_SECONDS = 45
const KILLED_AFTER_MS = 10_000
/** The promised limits. */
const BACK_WITHIN_MS = 15_000
const RESUMED_WITHIN_MS = 60_000
/** A failover manager, in short: three checks in a row that fail. */
const CHECK_EVERY_MS = 500
const CHECKS = 3

const COMPARED_SECONDS = 10
const COMPARED_RATE = 40

/** Needs Postgres, PgBouncer, nginx and a build. @returns what was checked. */
export async function drillFailover(root: string): Promise<Check[]> {
  const site = await openFailoverSite(root)
  try {
    const readers = await createReaders(site, USERS)
    await compareProcesses(site, readers)
    const checks = await failOver(site, readers)
    for (const reader of readers) reader.stop()
    return checks
  } finally {
    await site.stop()
  }
}

/** The same load on one, two and three processes behind nginx. */
async function compareProcesses(site: Site, readers: Reader[]): Promise<void> {
  const items = readers.flatMap(({ itemIds }) => itemIds)
  console.log('\n| processes | webhooks/s | not 200 | ack p50 / p95 / p99, ms |\n|---|---|---|---|')
  for (const [n, client] of site.clients.entries()) {
    const { done, failed } = await runOpenModel(
      plannedArrivals(COMPARED_RATE, COMPARED_SECONDS, 1),
      (i) => sendWebhook({ ...site, client }, items[i % items.length] ?? '')
    )
    const figures = [0.5, 0.95, 0.99].map((share) => percentile(done, share).toFixed(0))
    const faults = [...failed].map(([fault, times]) => `${fault} (${times})`).join(', ') || '0'
    console.log(`| ${n + 1} | ${COMPARED_RATE} | ${faults} | ${figures.join(' / ')} |`)
    await untilSynced(site)
  }
}

async function failOver(site: Site, readers: Reader[]): Promise<Check[]> {
  const begun = performance.now()
  const traffic = startTraffic(site, readers, LOAD_SECONDS)
  await pause(KILLED_AFTER_MS)
  killServer(site.primary)
  const killedAt = performance.now() - begun
  await untilDead(site)
  const noticedAt = performance.now() - begun
  promote(site.binaries, site.standby)
  await site.pooler.pointAt(site.standby.port)
  const promotedAt = performance.now() - begun
  const attempts = await traffic
  const resumed = await resume(site)
  const lost = await findMissing(site.standby.url, attempts)
  const figures = outageOf(attempts, killedAt)
  console.log(`
| step | s after the kill |
|---|---|
| ${CHECKS} checks failed | ${seconds(noticedAt - killedAt)} |
| standby promoted, PgBouncer points at it | ${seconds(promotedAt - killedAt)} |
| first request after the kill was answered | ${seconds(figures.firstMs)} |
| last request that failed arrived | ${seconds(figures.lastFailureMs)} |
| slowest request that succeeded took | ${seconds(figures.slowestMs)} |
| no job was waiting, after the load | ${resumed === null ? 'not' : seconds(resumed)} |

${attempts.length} requests, ${attempts.filter(({ ok }) => ok).length} acknowledged, failed: ${figures.faults}`)
  return [
    { what: `Of ${lost.acknowledged} acknowledged writes, none is lost.`, passed: !lost.missing },
    {
      what: 'Service is back within 15 seconds.',
      passed: Math.max(figures.firstMs, figures.lastFailureMs) <= BACK_WITHIN_MS
    },
    { what: 'Jobs continue on the new primary.', passed: resumed !== null }
  ]
}

async function untilDead({ primary }: Site): Promise<void> {
  for (let failed = 0; failed < CHECKS; ) {
    failed = (await isAlive(primary)) ? 0 : failed + 1
    await pause(CHECK_EVERY_MS)
  }
}

/** Milliseconds until no delivery and no sync is waiting; null if that does not come. */
async function resume({ standby }: Site): Promise<number | null> {
  const begun = performance.now()
  while (performance.now() - begun < RESUMED_WITHIN_MS) {
    const { rowCount } = await runStatement(
      standby.url,
      `select from webhook_deliveries where status in ('pending', 'in_progress')
       union all select from sync_runs where status in ('pending', 'in_progress') limit 1`
    )
    if (!rowCount) return performance.now() - begun
    await pause(CHECK_EVERY_MS)
  }
  return null
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(1)
