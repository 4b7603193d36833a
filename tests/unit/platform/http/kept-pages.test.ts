import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keepPages, type PageVariant } from '@/lib/platform/http/kept-pages'

const POLICY = "default-src 'self'; script-src 'self' 'nonce-abc'; object-src 'none'"
const SCRIPTS =
  '<link rel="preload" as="script" href="/a.js"/><script src="/a.js"></script><script nonce="abc">a("<p>")\n</script>'
const seen: IncomingHttpHeaders[] = []
const answer = { status: 200, policy: POLICY as string | null, cookie: '', html: '' }

const server = createServer(({ headers }, response) => {
  seen.push(headers)
  response.statusCode = answer.status
  if (answer.policy) response.setHeader('content-security-policy', answer.policy)
  if (answer.cookie) response.setHeader('set-cookie', answer.cookie)
  response.setHeader('referrer-policy', 'no-referrer')
  response.end(answer.html)
})
beforeAll(async () => {
  await new Promise<void>((done) => void server.listen(0, done))
  keepPages(({ url = '', headers }): PageVariant | null =>
    url.startsWith('/kept')
      ? { path: url, headers: { cookie: `l=${headers['x-l'] ?? 'en'}` } }
      : null
  )
})
afterAll(() => server.close())
beforeEach(() => {
  seen.length = 0
  Object.assign(answer, {
    status: 200,
    policy: POLICY,
    cookie: '',
    html: `<p>text</p>${SCRIPTS}<p>end</p>`
  })
})

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }>(
    (resolve, reject) => {
      const { port } = server.address() as AddressInfo
      const sent = request({ port, path, method, headers, host: '127.0.0.1' }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            headers: response.headers,
            body: Buffer.concat(parts)
          })
        )
      })
      sent.on('error', reject).end()
    }
  )

test('a kept page has no scripts, a policy against them, and all other headers', async () => {
  const { headers, body } = await ask('/kept/plain')
  expect(String(body)).toBe('<p>text</p><p>end</p>')
  expect(headers['content-security-policy']).toBe(
    "default-src 'self'; script-src 'none'; object-src 'none'"
  )
  expect(headers['referrer-policy']).toBe('no-referrer')
  expect(headers.vary).toContain('cookie')
})

test('a variant is rendered once, without anything else of the visitor', async () => {
  const visitor = { cookie: 'secret=1', 'user-agent': 'visitor', 'x-forwarded-for': '192.0.2.1' }
  for (const _ of [1, 2, 3]) await ask('/kept/once', visitor)
  expect(seen).toHaveLength(1)
  expect(seen[0]?.cookie).toBe('l=en')
  expect(JSON.stringify(seen)).not.toMatch(/secret|visitor|192\.0\.2\.1/)
  await ask('/kept/once', { 'x-l': 'es' })
  expect(seen).toHaveLength(2)
})

test('it is compressed for browsers that ask for it, and HEAD has no body', async () => {
  const { headers, body } = await ask('/kept/zip', { 'accept-encoding': 'br, gzip' })
  expect(headers['content-encoding']).toBe('gzip')
  expect(String(gunzipSync(body))).toBe('<p>text</p><p>end</p>')
  const head = await ask('/kept/zip', {}, 'HEAD')
  expect(head.headers['content-length']).toBe('21')
  expect(head.body).toHaveLength(0)
})

test('structured data stays', async () => {
  answer.html = `<script type="application/ld+json">{}</script>${SCRIPTS}`
  expect(String((await ask('/kept/data')).body)).toBe(
    '<script type="application/ld+json">{}</script>'
  )
})

test.each([
  ['error', { status: 500 }],
  ['policy', { policy: null }],
  ['cookie', { cookie: 'a=1' }],
  ['parts', { html: '<div hidden="" id="S:0">late</div><script>show()</script>' }]
])('a page that cannot be kept is answered as it is: %s', async (name, change) => {
  Object.assign(answer, change)
  const { status, body } = await ask(`/kept/${name}`)
  expect(status).toBe(answer.status)
  expect(String(body)).toBe(answer.html)
})

test('other requests are handled', async () => {
  expect(String((await ask('/other')).body)).toContain('<script')
})
