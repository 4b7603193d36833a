import { beforeEach, expect, test } from 'vitest'
import { POST } from '@/app/api/csp-report/route'
import { resetSingletons, setEnvironment } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'

beforeEach(() => {
  setEnvironment()
  resetSingletons('local-budgets')
})

/** @returns the status and the log lines. */
async function report(body: string, times = 1) {
  const logged = captureLogs()
  const statuses = new Set<number>()
  for (let n = 0; n < times; n++) {
    const request = new Request('http://localhost:3000/api/csp-report', { method: 'POST', body })
    statuses.add((await POST(request, { params: Promise.resolve({}) })).status)
  }
  return { statuses: [...statuses], lines: logged().split('\n').filter(Boolean) }
}

const older = (uri: string) =>
  JSON.stringify({ 'csp-report': { 'violated-directive': 'img-src x', 'blocked-uri': uri } })
const newer = (uri: string) =>
  JSON.stringify([
    { type: 'csp-violation', body: { effectiveDirective: 'script-src-elem', blockedURL: uri } },
    { type: 'deprecation', body: {} }
  ])

test.each([
  [older('https://ads.example/pixel?user=Ada'), 'img-src', 'https://ads.example'],
  [newer('https://ads.example/pixel?user=Ada'), 'script-src-elem', 'https://ads.example'],
  [newer('inline'), 'script-src-elem', 'inline'],
  [older('data'), 'img-src', 'data']
])('%s is logged by directive and origin', async (body, code, type) => {
  const { statuses, lines } = await report(body)
  expect(statuses).toEqual([204])
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ msg: 'csp.violation', code, type })
  ])
  expect(lines.join()).not.toContain('Ada')
})

test.each(['', 'null', '[]', '{"csp-report":1}', '[[[', '[null]', '{"csp-report":{}}'])(
  '%j is accepted and not logged',
  async (body) => {
    expect(await report(body)).toEqual({ statuses: [204], lines: [] })
  }
)

test('a flood of reports writes at most sixty lines a minute', async () => {
  expect((await report(older('inline'), 200)).lines).toHaveLength(60)
})

test('a client that closes the connection before its request is complete causes no error', async () => {
  const logged = captureLogs()
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{')),
    pull: (controller) => controller.error(new Error('aborted'))
  })
  const init = { method: 'POST', body, duplex: 'half' }
  const request = new Request('http://localhost:3000/api/csp-report', init)
  const response = await POST(request, { params: Promise.resolve({}) })
  expect(response.status).toBe(422)
  expect(await response.json()).toMatchObject({ error: { code: 'invalid' } })
  expect(logged()).not.toContain('request.failed')
})
