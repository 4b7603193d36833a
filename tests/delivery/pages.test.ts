import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '@/scripts/stack/ports'
import { createDatabase, dropDatabase } from '@/tests/delivery/support/databases'
import { DIST, killAll, serve, statusOf } from '@/tests/delivery/support/served'
import { startCollector } from '@/tests/support/processes/otlp-collector'

const METRICS_TOKEN = randomUUID()
const PATHS = ['/', '/status?from=test', '/dashboard', `/deletion/${randomUUID()}`, '/nothing-here']
const WEBHOOK = '/api/webhooks/plaid'

/** What a built server says about its requests: with the database and, at last, without. */
async function visitPages() {
  const collector = await startCollector()
  const database = await createDatabase('pages')
  const port = await freePort(28_400)
  const served = await serve(DIST ?? '', port, {
    DATABASE_URL: database,
    METRICS_TOKEN,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url
  })
  const statuses: (number | null)[] = []
  for (const path of PATHS) statuses.push(await statusOf(port, path))
  await fetch(`http://127.0.0.1:${port}${WEBHOOK}`, { method: 'POST', body: '{}' })
  await dropDatabase(database)
  await statusOf(port, `/deletion/${randomUUID()}`)
  const answer = await fetch(`http://127.0.0.1:${port}/api/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` }
  })
  const metrics = await answer.text()
  served.signal('SIGTERM')
  await served.ended
  await collector.close()
  const lines = served
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, string>)
  return { statuses, metrics, lines, collector }
}

describe.runIf(DIST)('requests of a built server', () => {
  let seen: Awaited<ReturnType<typeof visitPages>>
  beforeAll(async () => {
    seen = await visitPages()
  }, 120_000)
  afterAll(killAll)

  it('for pages are spans with the name of their route, and no other span has an address', () => {
    const { collector, statuses } = seen
    expect(collector.problems).toEqual([])
    expect(statuses).toEqual([200, 200, 307, 404, 404])
    const names = collector.spans.map(({ name }) => name)
    const pages = names.filter((name) => name.startsWith('GET ') && !name.includes(' /api/'))
    expect(pages).toEqual([
      'GET /',
      'GET /status',
      'GET /dashboard',
      'GET /deletion/[id]',
      'GET /deletion/[id]'
    ])
    expect(JSON.stringify(collector.spans)).not.toContain('from=test')
  })

  it('for pages are counted with their latency by route and status', () => {
    const counts = [
      ...seen.metrics.matchAll(
        /^pangea_http_request_duration_seconds_count\{route="(\/(?!api)[^"]*)",method="GET",status="(\d+)"\} (\d+)$/gm
      )
    ].map(([, route, status, count]) => `${route} ${status} ${count}`)
    expect(counts.toSorted()).toEqual([
      '/ 200 1',
      '/dashboard 307 1',
      '/deletion/[id] 404 1',
      '/deletion/[id] 500 1',
      '/status 200 1'
    ])
  })

  it('for pages that fail are logged with the request, the trace and the reference of the error page', () => {
    const failed = seen.lines.filter(({ msg }) => msg?.startsWith('page.'))
    expect(failed).toHaveLength(1)
    expect(failed[0]).toMatchObject({
      path: '/deletion/[id]',
      service: 'xata',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      reference: expect.any(String)
    })
    const span = seen.collector.spans.filter(({ name }) => name === 'GET /deletion/[id]').at(-1)
    expect(failed[0]?.traceId).toBe(span?.traceId)
  })

  it('for webhooks are a span, counted, and logged with the network of their sender', () => {
    const span = seen.collector.spans.find(({ name }) => name === `POST ${WEBHOOK}`)
    expect(seen.metrics).toContain(
      `pangea_http_request_duration_seconds_count{route="${WEBHOOK}",method="POST",status="401"} 1`
    )
    const lines = seen.lines.filter((line) => [line.path, line['url.path']].includes(WEBHOOK))
    expect(lines).toEqual([
      expect.objectContaining({ 'event.action': 'signature-refused', 'source.ip': '127.0.0.0' })
    ])
    expect(lines[0]?.traceId).toBe(span?.traceId)
    expect(lines[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })
})
