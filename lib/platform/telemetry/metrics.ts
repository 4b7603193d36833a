/**
 * The measurements of this process for `/api/metrics`. Recording is arithmetic in memory; nothing is
 * sent anywhere. Labels come from short fixed lists, so that their number is bounded.
 */
import 'server-only'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { singleton } from '@/lib/platform/globals'

/** The state of each vendor’s circuit breaker in this process. */
export { vendorHealth } from '@/lib/platform/circuit-breaker'

/** Seconds. Fine where the objectives are (docs/operations/slo.md). */
const REQUEST_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const JOB_BUCKETS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600]

/** The module graphs of the built server share one registry. */
export const meters = () => singleton('meters', createMeters)

function createMeters() {
  const registry = new Registry()
  // Memory, CPU, garbage collection and the lag of the event loop.
  collectDefaultMetrics({ register: registry, prefix: 'pangea_' })
  const make = meterMakers(registry)
  return {
    registry,
    ...requestMeters(make),
    ...jobMeters(make),
    ...processMeters(make),
    ...productMeters(make)
  }
}

type Make = ReturnType<typeof meterMakers>

function meterMakers(registry: Registry) {
  const registers = [registry]
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name: `pangea_${name}`, help, labelNames, registers })
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `pangea_${name}`, help, labelNames, registers })
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    buckets: number[]
  ) => new Histogram({ name: `pangea_${name}`, help, labelNames, buckets, registers })
  return { gauge, counter, histogram }
}

const requestMeters = ({ gauge, counter, histogram }: Make) => ({
  requests: histogram(
    'http_request_duration_seconds',
    'Time until the response of a page or API route, by route and status. Webhooks: the time to acknowledge.',
    ['route', 'method', 'status'],
    REQUEST_BUCKETS
  ),
  vendorCalls: histogram(
    'vendor_call_duration_seconds',
    'Time of calls to a vendor with all attempts, by outcome.',
    ['service', 'outcome'],
    REQUEST_BUCKETS
  ),
  breakerOpened: counter('vendor_breaker_opened_total', 'How often a circuit breaker opened.', [
    'service'
  ]),
  breaker: gauge('vendor_breaker_open', '1 while calls to a vendor fail at once, 0.5 half open.', [
    'service'
  ])
})

const jobMeters = ({ gauge, histogram }: Make) => ({
  jobs: histogram(
    'job_duration_seconds',
    'Time of attempts of background jobs, by outcome.',
    ['kind', 'outcome'],
    JOB_BUCKETS
  ),
  jobLag: histogram(
    'job_lag_seconds',
    'Time from the creation of a job until its completion. Syncs: the sync lag.',
    ['kind'],
    JOB_BUCKETS
  ),
  jobsWaiting: gauge('jobs', 'Jobs by kind, lane and status.', ['kind', 'lane', 'status']),
  oldestDue: gauge('jobs_oldest_due_seconds', 'How long the oldest due job has waited.', [
    'kind',
    'lane'
  ])
})

const processMeters = ({ gauge }: Make) => ({
  streams: gauge('sse_streams', 'Open streams of live updates.', []),
  pool: gauge('database_pool_connections', 'Connections of a pool.', ['pool', 'state']),
  poolWaiting: gauge('database_pool_waiting', 'Statements that wait for a connection.', ['pool']),
  poolWait: gauge(
    'database_pool_wait_seconds_total',
    'Time that statements have waited for a connection since the start.',
    ['pool']
  ),
  poolTaken: gauge(
    'database_pool_checkouts_total',
    'Connections taken from a pool since the start.',
    ['pool']
  ),
  databaseUp: gauge('database_up', '1 if the figures of the database could be read.', [])
})

const productMeters = ({ gauge }: Make) => ({
  onboarding: gauge('onboarding_users', 'Users by the step of onboarding that they reached.', [
    'step'
  ]),
  transfers: gauge('transfers', 'Transfers by state.', ['state']),
  incidents: gauge('incidents', 'Institutions and vendors that have problems now, by cause.', [
    'service',
    'kind',
    'cause'
  ]),
  connections: gauge('connections', 'Connections by status.', ['status'])
})

/** Records one request. `route` is the pattern of a route, never a path with ids. */
export function observeRequest(
  labels: { route: string; method: string; status: number },
  startedAt: number
): void {
  const { route, method, status } = labels
  meters().requests.observe(
    { route, method, status: String(status) },
    (performance.now() - startedAt) / 1_000
  )
}

/** `/api/v1/assets/[id]` from its path and parameters, so that no id becomes a label. */
export function routePattern(pathname: string, params: Record<string, unknown>): string {
  const names = new Map(Object.entries(params).map(([name, value]) => [String(value), name]))
  return pathname
    .split('/')
    .map((segment) => {
      const name = names.get(safeDecode(segment))
      return name ? `[${name}]` : segment
    })
    .join('/')
}

function safeDecode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
