import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerDirectly } from '@/lib/platform/http/direct-routes'

const build = mkdtempSync(join(tmpdir(), 'pangea-build-'))
const HEADERS = [
  { regex: '^/api/.*$', headers: [{ key: 'x-frame-options', value: 'DENY' }] },
  { regex: '^/service-worker.js$', headers: [{ key: 'x-worker', value: '1' }] }
]

/** Stands for Next. */
const server = createServer(({ url }, response) => void response.end(`Next: ${url}`))

const echo = async (request: Request) =>
  Response.json(
    {
      path: new URL(request.url).pathname,
      body: await request.text(),
      client: request.headers.get('x-forwarded-for')
    },
    { status: 201, headers: { 'cache-control': 'no-store' } }
  )
const failing = () => Promise.reject(new Error('no answer'))

beforeAll(async () => {
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
})
afterAll(() => {
  server.close()
  rmSync(build, { recursive: true })
})

const urlOf = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
const post = (path: string, headers: Record<string, string> = {}) =>
  fetch(urlOf(path), { method: 'POST', body: 'four', headers })

test('without a manifest of the build, Next answers', async () => {
  answerDirectly({ '/api/echo': echo }, build)
  expect(await (await post('/api/echo')).text()).toBe('Next: /api/echo')
})

test('a POST is answered by its handler, with the headers that the build has for its path', async () => {
  writeFileSync(join(build, 'routes-manifest.json'), JSON.stringify({ headers: HEADERS }))
  answerDirectly({ '/api/echo': echo, '/api/failing': failing }, build)
  const response = await post('/api/echo')
  expect(response.status).toBe(201)
  expect(await response.json()).toEqual({ path: '/api/echo', body: 'four', client: '127.0.0.1' })
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
    'content-type': 'application/json',
    vary: expect.stringContaining('rsc')
  })
  expect(response.headers.has('x-worker')).toBe(false)
})

test('a proxy’s header with the client’s address is kept', async () => {
  const response = await post('/api/echo', { 'x-forwarded-for': '203.0.113.7' })
  expect(await response.json()).toMatchObject({ client: '203.0.113.7' })
})

test.each(['/api/echo?', '/api/echo/', '/api/other', '/api/ech%6f'])(
  '%s is left to Next',
  async (path) => {
    expect(await (await post(path)).text()).toBe(`Next: ${path}`)
  }
)

test('other methods are left to Next', async () => {
  expect(await (await fetch(urlOf('/api/echo'))).text()).toBe('Next: /api/echo')
})

test('a request without an answer ends', async () => {
  await expect(post('/api/failing')).rejects.toThrow('fetch failed')
})

test('the body is read while it arrives', async () => {
  const sent = send(urlOf('/api/echo'), { method: 'POST' })
  const answered = new Promise<string>((resolve, reject) => {
    sent.once('error', reject).once('response', async (response) => {
      resolve(Buffer.concat(await response.toArray()).toString())
    })
  })
  sent.write('fo')
  setImmediate(() => sent.end('ur'))
  expect(await answered).toContain('"body":"four"')
})
