import { existsSync } from 'node:fs'
import { Agent, get, type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { freePort } from '@/scripts/stack/ports'
import { DIST, killAll, run, serve, statusOf } from '@/tests/delivery/support/served'

const dist = DIST ?? ''
let port = 0

beforeAll(async () => {
  if (!DIST) return
  port = await freePort(28_200)
})
afterAll(killAll)

describe.runIf(DIST)('a build in another folder, as a user who can write nowhere', () => {
  it('contains no emulators, tests or packages of the build', () => {
    const absent = ['sandbox', 'tests', 'scripts'].concat(
      ['@electric-sql', 'hono', 'typescript', 'vitest', 'esbuild', 'tailwindcss'].map(
        (name) => `node_modules/${name}`
      )
    )
    expect(absent.filter((path) => existsSync(join(dist, path)))).toEqual([])
  })

  it('migrates, serves pages and files, and writes nothing', async () => {
    const served = await serve(dist, port)
    const page = await fetch(`http://127.0.0.1:${port}/`)
    const html = await page.text()
    expect({ status: page.status, type: page.headers.get('content-type') }).toEqual({
      status: 200,
      type: 'text/html; charset=utf-8'
    })
    const script = /\/_next\/static\/[^"]+\.js/.exec(html)?.[0] ?? ''
    const paths = [script, '/opengraph-image', '/sign-in', '/dashboard', '/api/v1/accounts']
    const statuses = await Promise.all(paths.map((path) => statusOf(port, path)))
    expect(statuses).toEqual([200, 200, 200, 307, 401])
    expect(served.output()).not.toMatch(/EACCES|EROFS|EPERM|ENOENT|Cannot find/)
    served.signal('SIGTERM')
    expect(await served.ended).toBe(0)
  })

  it('refuses another public key than the one of the build', async () => {
    const refused = run(dist, 'serve', port, { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_test_other' })
    expect(await refused.ended).toBe(1)
    expect(refused.output()).toContain(
      'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY is not the one of the build'
    )
  })

  it('names what is missing', async () => {
    const refused = run(dist, 'serve', port, { PLAID_SECRET: '', CRON_SECRET: '' })
    expect(await refused.ended).toBe(1)
    expect(refused.output()).toMatch(/PLAID_SECRET missing/)
    expect(refused.output()).toContain('npm run serve asks for real services')
  })

  it('runs jobs alone until it is asked to stop', async () => {
    const worker = run(dist, 'worker', port)
    await vi.waitFor(() => expect(worker.output()).toContain('working'), 20_000)
    worker.signal('SIGTERM')
    expect(await worker.ended).toBe(0)
  })
})

/** A request whose body is sent in two parts. */
function openRequest() {
  const sent = request({
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: '/api/webhooks/plaid',
    headers: { 'content-type': 'application/json', 'content-length': 2 }
  })
  const answered = new Promise<number | string | undefined>((resolve) => {
    sent.once('response', (response) => resolve(response.resume().statusCode))
    sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
  })
  return { begin: () => sent.write('{'), finish: () => sent.end('}'), answered }
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })
afterAll(() => agent.destroy())

/** A request on the agent's one connection. */
async function getReady() {
  const sent = get({ host: '127.0.0.1', port, path: '/api/health/ready', agent })
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject)
  })
  await response.toArray()
  const { connection } = response.headers
  return { status: response.statusCode, reused: sent.reusedSocket, connection }
}

describe.runIf(DIST)('a built server that is asked to stop', () => {
  it('is not ready at once, closes kept-alive connections after their response, answers the request that runs, and ends with code 0', async () => {
    const served = await serve(dist, port, { SHUTDOWN_DRAIN_SECONDS: '2' })
    expect(await getReady()).toEqual({ status: 200, reused: false, connection: 'keep-alive' })
    const running = openRequest()
    running.begin()
    await statusOf(port, '/api/health/live')
    served.signal('SIGTERM')
    await vi.waitFor(() => expect(served.output()).toContain('server.stopping'), 5_000)
    expect(await getReady()).toEqual({ status: 503, reused: true, connection: 'close' })
    expect(await getReady()).toEqual({ status: 503, reused: false, connection: 'close' })
    await vi.waitFor(async () => expect(await statusOf(port, '/api/health/live')).toBeNull(), {
      timeout: 15_000
    })
    running.finish()
    expect(await running.answered).toBe(401)
    expect(await served.ended).toBe(0)
    expect(served.output()).toContain('server.stopped')
  })

  it('ends after the grace although a request still runs', async () => {
    const times = { SHUTDOWN_DRAIN_SECONDS: '0', SHUTDOWN_GRACE_SECONDS: '1' }
    const served = await serve(dist, port, times)
    const running = openRequest()
    running.begin()
    await statusOf(port, '/api/health/live')
    served.signal('SIGTERM')
    expect(await served.ended).toBe(0)
    expect(served.output()).toContain('server.cut_off')
    expect(await running.answered).toBe('ECONNRESET')
  })
})
