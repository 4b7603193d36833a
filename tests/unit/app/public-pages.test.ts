import type { IncomingMessage } from 'node:http'
import { beforeEach, expect, test } from 'vitest'
import { publicPage } from '@/app/_lib/pages/public-pages'
import { AuthService } from '@/lib/services'
import { setEnvironment } from '@/tests/support/environment'

beforeEach(() => setEnvironment())

const variantOf = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  publicPage({ url, headers, method } as unknown as IncomingMessage)

test('a public page depends on its path, the language and the theme', () => {
  expect(variantOf('/')).toEqual({ path: '/', headers: { cookie: 'pangea_language=en' } })
  expect(variantOf('/fees?utm_source=x', { 'accept-language': 'es-US,en' })).toEqual({
    path: '/fees',
    headers: { cookie: 'pangea_language=es' }
  })
  const cookie = 'a=1; pangea_theme=dark; pangea_language=en-XA; b=2'
  expect(variantOf('/', { cookie, 'accept-language': 'es' })?.headers).toEqual({
    cookie: 'pangea_language=en-XA; pangea_theme=dark'
  })
})

test('a cookie with another value changes nothing', () => {
  const cookie = 'pangea_theme=evil; pangea_language=xx'
  expect(variantOf('/', { cookie })).toEqual(variantOf('/'))
})

test('browsers with a session, other pages and other requests are not meant', () => {
  const uat = AuthService.clientUatCookie()
  expect(variantOf('/', { cookie: `${uat}=1700000000` })).toBeNull()
  expect(variantOf('/', { cookie: `${uat}=0` })).not.toBeNull()
  for (const path of ['/sign-in', '/dashboard', '/feesx', '/fees/', '/api/health/live', '/lock'])
    expect(variantOf(path)).toBeNull()
  expect(variantOf('/', { rsc: '1' })).toBeNull()
  expect(variantOf('/', {}, 'POST')).toBeNull()
})
