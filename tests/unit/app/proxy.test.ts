import { type NextFetchEvent, NextRequest } from 'next/server'
import { beforeAll, expect, test } from 'vitest'
import proxy from '@/proxy'
import { setEnvironment } from '../platform/environment'

beforeAll(() => setEnvironment({ NEXT_PUBLIC_CLERK_PROXY_URL: '/__clerk' }))

const send = async (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://localhost:3000${path}`, { method: 'POST', headers }), {} as NextFetchEvent)

test('a page with broken percent-encoding is our own "not found"', async () => {
  for (const path of ['/%E0%A4%A', '/transactions/%', '/deletion/%zz']) {
    const response = await send(path)
    expect(response?.headers.get('x-middleware-rewrite'), path).toBe('http://localhost:3000/not-found')
    expect(response?.headers.has('x-middleware-next'), path).toBe(false)
    expect(response?.headers.get('content-security-policy'), path).toContain('script-src')
  }
})

test.each([
  ['/__clerk/v1/client/%E0%A4%A', {}, 404],
  ['/__clerk/v1/client/sign_ins', { 'content-length': '12000000' }, 413]
])('%s with %j is refused by us, in Clerk’s shape', async (path, headers, status) => {
  const response = await send(path, headers as Record<string, string>)
  expect(response?.status).toBe(status)
  expect(await response?.json()).toMatchObject({ errors: [{ code: expect.any(String), message: expect.any(String) }] })
})
