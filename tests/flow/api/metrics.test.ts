/** The metrics that Prometheus reads, after the events that they count. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { GET as live } from '@/app/api/health/live/route'
import { GET } from '@/app/api/metrics/route'
import { GET as connection } from '@/app/api/v1/connections/[id]/route'
import { POST as receive } from '@/app/api/webhooks/plaid/route'
import { advanceClock } from '@/lib/platform/clock'
import { DataService } from '@/lib/services'
import { linkBankThroughLink } from '@/tests/support/connections'
import { resetSingletons, withEnvironment } from '@/tests/support/environment'
import { fundedUser, makeTransfer } from '@/tests/support/funding'
import { openWorld, type World } from '@/tests/support/world'

const TOKEN = 'a-token-of-the-metrics-test'

let world: World
beforeAll(async () => {
  resetSingletons('meters', 'metrics-figures')
  world = await openWorld()
})
afterEach(() => resetSingletons('metrics-figures'))
afterAll(() => world.close())

const scrape = (token: string | null = TOKEN, configured = TOKEN) =>
  withEnvironment({ METRICS_TOKEN: configured }, async () => {
    const headers: HeadersInit = token === null ? {} : { authorization: `Bearer ${token}` }
    const request = new Request('http://localhost/api/metrics', { headers })
    const response = await GET(request, { params: Promise.resolve({}) })
    return { status: response.status, text: await response.text() }
  })

/** The value of the series whose labels include these; undefined without one. */
async function seriesValue(name: string, labels: Record<string, string> = {}) {
  const { text } = await scrape()
  const line = text
    .split('\n')
    .find(
      (each) =>
        (each.startsWith(`${name}{`) || each.startsWith(`${name} `)) &&
        Object.entries(labels).every(([label, value]) => each.includes(`${label}="${value}"`))
    )
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

describe('the endpoint', () => {
  test('does not exist without METRICS_TOKEN, and refuses every other token', async () => {
    expect((await scrape('', '')).status).toBe(404)
    expect((await scrape(null)).status).toBe(401)
    expect((await scrape('guess')).status).toBe(401)
    expect((await scrape('')).status).toBe(401)
    expect((await scrape()).status).toBe(200)
  })

  test('shows no id, address or name of a user', async () => {
    const user = await world.createUser()
    const { connectionId } = await linkBankThroughLink(world, user)
    await world.settle()
    await connection(new Request(`http://localhost/api/v1/connections/${connectionId}`), {
      params: Promise.resolve({ id: connectionId })
    })
    const { text } = await scrape()
    for (const secret of [user.userId, connectionId, 'example.com', 'Platypus'])
      expect(text).not.toContain(secret)
    expect(text).toContain('route="/api/v1/connections/[id]"')
  })
})

describe('the figures', () => {
  test('count requests by route and status', async () => {
    await live(new Request('http://localhost/api/health/live'), { params: Promise.resolve({}) })
    const labels = { route: '/api/health/live', method: 'GET', status: '200' }
    expect(await seriesValue('pangea_http_request_duration_seconds_count', labels)).toBe(1)
  })

  test('count forged webhooks under their status', async () => {
    const request = new Request('http://localhost/api/webhooks/plaid', {
      method: 'POST',
      body: '{}'
    })
    await receive(request, { params: Promise.resolve({}) })
    const labels = { route: '/api/webhooks/plaid', status: '401' }
    expect(await seriesValue('pangea_http_request_duration_seconds_count', labels)).toBe(1)
  })

  test('show completed syncs with their lag, and calls by outcome', async () => {
    await linkBankThroughLink(world, await world.createUser())
    await world.settle()
    const sync = { kind: 'sync', outcome: 'completed' }
    expect(await seriesValue('pangea_job_duration_seconds_count', sync)).toBeGreaterThan(0)
    expect(await seriesValue('pangea_job_lag_seconds_count', { kind: 'sync' })).toBeGreaterThan(0)
    const calls = { service: 'plaid', outcome: 'ok' }
    expect(await seriesValue('pangea_vendor_call_duration_seconds_count', calls)).toBeGreaterThan(0)
    expect(await seriesValue('pangea_vendor_breaker_open', { service: 'plaid' })).toBe(0)
  })

  test('show for how long the oldest job of a lane has been due', async () => {
    await DataService.saveDelivery({
      vendor: 'jiko',
      dedupeKey: 'metrics',
      webhook: { type: 'T', code: 'C', vendorObjectId: null, effects: [] },
      bodyHash: 'hash'
    })
    advanceClock(90_000)
    const lane = { kind: 'delivery', lane: 'jiko' }
    expect(await seriesValue('pangea_jobs_oldest_due_seconds', lane)).toBeGreaterThanOrEqual(89)
    expect(await seriesValue('pangea_jobs', { ...lane, status: 'pending' })).toBe(1)
    expect(await seriesValue('pangea_jobs_oldest_due_seconds', { lane: 'clerk' })).toBe(0)
    await world.settle()
    resetSingletons('metrics-figures')
    expect(await seriesValue('pangea_jobs_oldest_due_seconds', lane)).toBe(0)
  })

  test('show transfers by state, the onboarding funnel and the pools', async () => {
    await makeTransfer(await fundedUser(world), 'in', 1_500n)
    expect(await seriesValue('pangea_transfers', { state: 'submitted' })).toBe(1)
    expect(await seriesValue('pangea_onboarding_users', { step: 'account_open' })).toBe(1)
    expect(
      await seriesValue('pangea_database_pool_checkouts_total', { pool: 'app' })
    ).toBeGreaterThan(0)
    expect(await seriesValue('pangea_database_up')).toBe(1)
  })
})
