import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { log } from '@/lib/platform/log'
import { failRequest } from '@/lib/platform/request-context'
import { meters } from '@/lib/platform/telemetry/metrics'
import { watchPages } from '@/lib/platform/telemetry/page-requests'
import { startTracing, stopTracing } from '@/lib/platform/telemetry/trace-export'
import { withSpan } from '@/lib/platform/telemetry/tracing'
import { setEnvironment } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { startCollector } from '@/tests/support/processes/otlp-collector'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PAGE = '/watched/[id]'
const patternOf = (path: string) => (path.startsWith('/watched/') ? PAGE : null)

let server: Server
let collector: Awaited<ReturnType<typeof startCollector>>
let logged: () => string

/** As a page does: reads from a vendor, logs, and may fail. */
async function render({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
  await withSpan(`read ${url}`, { kind: 'client' }, async () => {})
  log.info(`rendered ${url}`)
  response.write('<p>')
  if (url === '/watched/failing') failRequest('TIMEOUT')
  if (url === '/watched/endless') response.destroy()
  response.end()
}

beforeAll(async () => {
  collector = await startCollector()
  setEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
  await startTracing()
  logged = captureLogs()
  watchPages(patternOf)
  server = createServer((...message) => void render(...message))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const caller = { traceparent: `00-${TRACE}-b7ad6b7169203331-01` }
  await get('/watched/1?secret=2', caller)
  await get('/watched/2', { 'next-router-prefetch': '1' })
  await get('/watched/failing')
  await get('/watched/endless')
  await get('/other')
  await stopTracing()
})
afterAll(async () => {
  server.close()
  await collector.close()
  setEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: undefined })
})

/** Ends when the answer or the connection has ended. */
function get(path: string, headers: Record<string, string> = {}): Promise<void> {
  const { port } = server.address() as AddressInfo
  return new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, agent: false })
    sent.once('error', () => resolve())
    sent.once('response', (response) => response.resume().once('close', resolve))
    sent.end()
  })
}

const lines = () =>
  logged()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string; requestId?: string; traceId?: string })

it('each page request has an id of its own in its log lines, and other requests have none', () => {
  const ids = lines().map(({ requestId }) => requestId)
  expect(ids.slice(0, 4).every((id) => /^[0-9a-f-]{36}$/.test(id ?? ''))).toBe(true)
  expect(new Set(ids).size).toBe(5)
  expect(lines().at(-1)).toMatchObject({ msg: 'rendered /other' })
  expect(ids.at(-1)).toBeUndefined()
})

it('a page request is a span with the name of its route, in the trace of its caller, and calls belong to it', () => {
  expect(collector.problems).toEqual([])
  const [page, ...others] = collector.spans.filter(({ traceId }) => traceId === TRACE).toReversed()
  expect(page).toMatchObject({ name: `GET ${PAGE}`, parentSpanId: 'b7ad6b7169203331' })
  expect(others).toMatchObject([{ name: 'read /watched/1?secret=2', parentSpanId: page?.spanId }])
  expect(lines()[0]?.traceId).toBe(TRACE)
  expect(JSON.stringify(page)).not.toContain('secret')
})

it('a page that fails while it is sent is a failed span, and one that the browser left says so', () => {
  const codes = collector.spans
    .filter(({ name }) => name === `GET ${PAGE}`)
    .map(({ attributes }) => attributes.find(({ key }) => key === 'error.type')?.value)
  expect(codes).toEqual([
    undefined,
    undefined,
    { stringValue: 'TIMEOUT' },
    { stringValue: 'aborted' }
  ])
})

it('the latency of pages is counted by route and status, without prefetches and those that were left', async () => {
  const { values } = await meters().requests.get()
  const counts = values
    .filter(({ metricName, labels }) => metricName?.endsWith('_count') && labels.route === PAGE)
    .map(({ labels: { method, status }, value }) => ({ method, status, value }))
  expect(counts).toEqual([
    { method: 'GET', status: '200', value: 1 },
    { method: 'GET', status: '500', value: 1 }
  ])
})
