import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { route } from '@/app/_lib/route'
import { WireReceived } from '@/lib/api/operations'
import { startTracing, stopTracing } from '@/lib/platform/telemetry/trace-export'
import { PangeaService } from '@/lib/services'
import { controlItem, linkedUser } from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { startCollector } from '@/tests/support/processes/otlp-collector'
import { openWorld, type World } from '@/tests/support/world'

const CALLER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

let world: World
let collector: Awaited<ReturnType<typeof startCollector>>
let close: () => void
beforeAll(async () => {
  world = await openWorld()
  collector = await startCollector()
  const receiver = await receiveThroughRoute()
  close = receiver.close
  Object.assign(process.env, {
    APP_URL: receiver.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_SERVICE_NAME: 'pangea-test'
  })
  resetSingletons('env')
})
afterAll(async () => {
  await stopTracing()
  close()
  await collector.close()
  await world.close()
  delete process.env.OTEL_SERVICE_NAME
  resetSingletons('log')
})

/** Receives Plaid's webhooks through the wrapper of every route. */
async function receiveThroughRoute() {
  const handle = route(
    { summary: 'Test.', auth: 'public', body: 'bytes', response: WireReceived },
    async ({ request, body }) => {
      await PangeaService.receiveWebhook('plaid', request.headers, body)
      return { received: true } as const
    }
  )
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const headers = new Headers(incoming.headers as Record<string, string>)
    const request = new Request(`http://localhost:3000${incoming.url}`, {
      method: 'POST',
      headers,
      body: Buffer.concat(chunks)
    })
    const response = await handle(request, { params: Promise.resolve({}) })
    outgoing.writeHead(response.status).end(await response.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() }
}

const nameOf = ({ name }: { name: string }) => name
const HOOK = 'POST /api/webhooks/plaid'

test('one trace leads from a webhook over two jobs to the open page, and its id is in the log lines', async () => {
  await startTracing()
  const logged = captureLogs()
  const { user, itemId } = await linkedUser(world)
  const versions: number[] = []
  const leave = PangeaService.watchChanges(user, {
    changed: (version) => versions.push(version),
    end: () => {}
  })
  await expect.poll(() => versions.length).toBe(1)
  await controlItem(world, itemId, 'transactions')
  await expect.poll(() => versions.length).toBeGreaterThan(1)
  leave()
  await stopTracing()

  expect(collector.problems).toEqual([])
  const screens = collector.spans.filter((span) => span.name === 'live update')
  const { traceId = '' } = screens.at(-1) ?? {}
  const traced = collector.spans.filter((span) => span.traceId === traceId)
  expect(traced.map(nameOf)).toEqual(
    expect.arrayContaining([HOOK, 'job delivery', 'job sync', 'plaid /transactions/sync'])
  )
  const ids = new Set(traced.map(({ spanId }) => spanId))
  expect(traced.filter(({ parentSpanId }) => !parentSpanId).map(nameOf)).toEqual([HOOK])
  expect(traced.filter(({ parentSpanId = '' }) => parentSpanId && !ids.has(parentSpanId))).toEqual(
    []
  )
  expect(traced[0]?.service).toEqual({ stringValue: 'pangea-test' })
  const lines = logged()
    .split('\n')
    .filter((line) => line.includes(`"traceId":"${traceId}"`))
  expect(lines.join('\n')).toMatch(/"requestId":"[0-9a-f-]{36}".*"msg":"webhook.stored"/)
  expect(lines.join('\n')).toContain('"msg":"sync.committed"')
  expect(JSON.stringify(collector.spans)).not.toMatch(/access-|public-|user_good/)
})

test('a request continues the trace of its caller, and refuses a malformed one', async () => {
  await startTracing()
  const handle = route({ summary: 'Test.', auth: 'public', response: null }, async () => {})
  for (const traceparent of [CALLER, '00-nonsense-01'])
    await handle(new Request('http://localhost:3000/api/v1/traced', { headers: { traceparent } }), {
      params: Promise.resolve({})
    })
  await stopTracing()
  const [continued, fresh] = collector.spans.filter(({ name }) => name === 'GET /api/v1/traced')
  expect(continued).toMatchObject({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    parentSpanId: 'b7ad6b7169203331'
  })
  expect(fresh?.parentSpanId).toBeUndefined()
})

test('without a collector nothing is traced, and jobs keep no trace', async () => {
  process.env.OTEL_SDK_DISABLED = 'true'
  resetSingletons('env')
  await startTracing()
  const before = collector.spans.length
  const { user } = await linkedUser(world)
  await stopTracing()
  expect(collector.spans).toHaveLength(before)
  expect(
    await world.storage.rows(
      'select 1 from sync_runs where user_id = $1 and traceparent is not null',
      [user.userId]
    )
  ).toEqual([])
  delete process.env.OTEL_SDK_DISABLED
})
