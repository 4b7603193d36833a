import { Agent, createServer, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { isStopping, shutDown, watchRequests } from '@/lib/platform/shutdown'

let server: Server
let slow: ServerResponse | undefined
let port = 0

/** `/slow` is answered when the test says so, everything else at once. */
beforeEach(async () => {
  Reflect.deleteProperty(globalThis, Symbol.for('pangea.shutdown'))
  watchRequests()
  slow = undefined
  server = createServer((message, response) => {
    if (message.url === '/slow') slow = response
    else response.writeHead(isStopping() ? 503 : 200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
afterEach(() => {
  agent.destroy()
  server.closeAllConnections()
  server.close()
})

type Answer = { status?: number; body: string; connection?: string }

function get(path: string, over?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, ...(over ? { agent: over } : {}) })
    sent.on('error', reject)
    sent.on('response', async (response) => {
      const body = (await response.toArray()).join('')
      resolve({ status: response.statusCode, body, connection: response.headers.connection })
    })
    sent.end()
  })
}

const slowBegan = () => vi.waitFor(() => expect(slow).toBeDefined(), 5_000)
const NEVER = 60_000
const stop = (
  times: { drainMs: number; graceMs: number },
  work: Promise<unknown> = Promise.resolve()
) => shutDown({ ...times, work })

it('a stopping server is not ready at once, answers during the drain and closes each connection', async () => {
  expect(await get('/', agent)).toMatchObject({ status: 200, connection: 'keep-alive' })
  void stop({ drainMs: NEVER, graceMs: NEVER })
  expect(await get('/', agent)).toMatchObject({ status: 503, connection: 'close' })
  expect(await get('/')).toMatchObject({ status: 503, connection: 'close' })
})

it('a request that was already running closes its connection', async () => {
  const answer = get('/slow', agent)
  await slowBegan()
  void stop({ drainMs: NEVER, graceMs: NEVER })
  slow?.end('finished')
  expect(await answer).toMatchObject({ status: 200, body: 'finished', connection: 'close' })
})

it('after the drain a running request finishes while new connections are refused', async () => {
  const answer = get('/slow')
  await slowBegan()
  const stopped = stop({ drainMs: 0, graceMs: NEVER })
  await vi.waitFor(() => expect(get('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' }))
  slow?.end('finished')
  expect(await answer).toMatchObject({ status: 200, body: 'finished' })
  expect(await stopped).toBe(true)
})

it('an idle connection does not delay the end', async () => {
  await get('/', agent)
  expect(await stop({ drainMs: 0, graceMs: NEVER })).toBe(true)
})

it('a request that still runs after the grace is given up', async () => {
  const answer = get('/slow').catch((error) => error)
  await slowBegan()
  expect(await stop({ drainMs: 0, graceMs: 50 })).toBe(false)
  server.closeAllConnections()
  expect(await answer).toMatchObject({ code: 'ECONNRESET' })
})

it('other work is waited for, no longer than the grace', async () => {
  let finish = () => {}
  const work = new Promise<void>((resolve) => {
    finish = resolve
  })
  expect(await stop({ drainMs: 0, graceMs: 50 }, work)).toBe(false)
  const stopped = stop({ drainMs: 0, graceMs: NEVER }, work)
  finish()
  expect(await stopped).toBe(true)
})
