import { unstable_doesMiddlewareMatch as matches } from 'next/experimental/testing/server'
import { type NextFetchEvent, NextRequest } from 'next/server'
import { beforeAll, expect, test } from 'vitest'
import proxy, { config } from '@/proxy'
import { setEnvironment } from '@/tests/support/environment'

beforeAll(() => setEnvironment({ NEXT_PUBLIC_CLERK_PROXY_URL: '/__clerk' }))

const send = async (path: string, headers: Record<string, string> = {}) =>
  proxy(
    new NextRequest(`http://localhost:3000${path}`, { method: 'POST', headers }),
    {} as NextFetchEvent
  )

test('a page with broken percent-encoding is our own "not found"', async () => {
  for (const path of ['/%E0%A4%A', '/transactions/%', '/deletion/%zz']) {
    const response = await send(path)
    expect(response?.headers.get('x-middleware-rewrite'), path).toBe(
      'http://localhost:3000/not-found'
    )
    expect(response?.headers.has('x-middleware-next'), path).toBe(false)
    expect(response?.headers.get('content-security-policy'), path).toContain('script-src')
  }
})

test('each page has a nonce of 144 random bits', async () => {
  const nonceOf = async () => {
    const policy = (await send('/sign-in'))?.headers.get('content-security-policy') ?? ''
    return Buffer.from(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '', 'base64')
  }
  const nonces = await Promise.all(Array.from({ length: 200 }, nonceOf))
  for (let n = 0; n < 18; n++)
    expect(new Set(nonces.map((bytes) => bytes[n])).size, `byte ${n}`).toBeGreaterThan(60)
})

test.each([
  ['/__clerk/v1/client/%E0%A4%A', {}, 404],
  ['/__clerk/v1/client/sign_ins', { 'content-length': '12000000' }, 413],
  ['/__clerk/v1/client/sign_ins', { 'transfer-encoding': 'chunked' }, 411]
])('%s with %j is refused by us, in Clerk’s error format', async (path, headers, status) => {
  const response = await send(path, headers as Record<string, string>)
  expect(response?.status).toBe(status)
  expect(await response?.json()).toMatchObject({
    errors: [{ code: expect.any(String), message: expect.any(String) }]
  })
})

test.each(['/api/v1/connections/%E0%A4%A', '/api/v1/connections/%E0%A4', '/api/%'])(
  '%s passes the proxy and is 404 in the API’s error format',
  async (path) => {
    expect(matches({ config, url: path })).toBe(true)
    const response = await send(path)
    expect(response?.status).toBe(404)
    expect(await response?.json()).toMatchObject({
      error: { code: 'not_found', reference: expect.any(String) }
    })
  }
)

test('other API addresses do not pass the proxy, and one with valid percent-encoding does', async () => {
  for (const path of ['/api/webhooks/plaid', '/api/v1/transactions?q=%'])
    expect(matches({ config, url: path }), path).toBe(false)
  expect((await send('/api/v1/connections/%20'))?.headers.get('x-middleware-next')).toBe('1')
})
