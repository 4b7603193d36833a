import 'server-only'
import { JOB_KINDS, LANES } from '@/lib/domain/jobs/job'
import { uptime } from '@/lib/platform/clock'
import { isIntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { meters, vendorHealth } from '@/lib/platform/telemetry/metrics'
import * as DataService from '@/lib/services/data'
import { findIncidents } from '@/lib/services/pangea/health/find-incidents'
import { countAllStreams } from '@/lib/services/pangea/users/watch-changes'

/** Scrapes of several servers, or by hand, read the database this often at most. */
const FRESH_MS = 10_000
const DEADLINE_MS = 3_000
const BREAKER = { closed: 0, half_open: 0.5, open: 1 } as const

const state = () =>
  singleton('metrics-figures', () => ({ readAt: -FRESH_MS, reading: null as Promise<void> | null }))

/** The figures of this process and of the database in Prometheus' text format. */
export async function collectMetrics(): Promise<string> {
  const { registry, streams, breaker } = meters()
  streams.set(countAllStreams())
  for (const [service, health] of Object.entries(vendorHealth()))
    breaker.set({ service }, BREAKER[health.state])
  measurePools()
  await readFigures()
  return registry.metrics()
}

function measurePools(): void {
  const { pool, poolWaiting, poolWait, poolTaken } = meters()
  for (const [name, use] of Object.entries(DataService.readPoolUse())) {
    pool.set({ pool: name, state: 'busy' }, use.busy)
    pool.set({ pool: name, state: 'idle' }, use.idle)
    pool.set({ pool: name, state: 'max' }, use.max)
    poolWaiting.set({ pool: name }, use.waiting)
    poolWait.set({ pool: name }, use.waitedMs / 1_000)
    poolTaken.set({ pool: name }, use.taken)
  }
}

/** Concurrent scrapes share one reading. A database that does not answer leaves its figures out. */
async function readFigures(): Promise<void> {
  const shared = state()
  if (uptime() - shared.readAt < FRESH_MS) return
  shared.reading ??= storeFigures().finally(() => {
    shared.reading = null
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), DEADLINE_MS)
  })
  const read = shared.reading.then(
    () => true,
    (thrown: unknown) => {
      if (!isIntegrationError(thrown)) throw thrown
      return false
    }
  )
  const done = await Promise.race([read, late]).finally(() => clearTimeout(timer))
  const { databaseUp } = meters()
  databaseUp.set(done === true ? 1 : 0)
  if (done === true) shared.readAt = uptime()
  else forgetFigures()
}

async function storeFigures(): Promise<void> {
  const [incidents, jobs, transfers, connections, onboarding] = await Promise.all([
    findIncidents(),
    DataService.readJobFigures(),
    DataService.countTransfers(),
    DataService.countConnections(),
    DataService.countOnboarding()
  ])
  forgetFigures()
  const all = meters()
  for (const { kind, lane } of laneLabels()) all.oldestDue.set({ kind, lane }, 0)
  for (const { kind, lane, status, count, oldest } of jobs) {
    all.jobsWaiting.set({ kind, lane, status }, count)
    if (status === 'pending') all.oldestDue.set({ kind, lane }, oldest)
  }
  for (const { service, kind, cause } of incidents) all.incidents.inc({ service, kind, cause })
  for (const { name, count } of transfers) all.transfers.set({ state: name }, count)
  for (const { name, count } of connections) all.connections.set({ status: name }, count)
  for (const { name, count } of onboarding) all.onboarding.set({ step: name }, count)
}

/** A lane of a vendor is named after it. An empty lane is 0, so that its series does not vanish. */
const laneLabels = () => [
  ...LANES.map(({ kind, vendor }) => ({ kind, lane: vendor ?? kind })),
  ...JOB_KINDS.filter((kind) => LANES.every((lane) => lane.kind !== kind)).map((kind) => ({
    kind,
    lane: kind
  }))
]

function forgetFigures(): void {
  const { jobsWaiting, oldestDue, transfers, connections, onboarding, incidents } = meters()
  for (const figure of [jobsWaiting, oldestDue, transfers, connections, onboarding, incidents])
    figure.reset()
}
