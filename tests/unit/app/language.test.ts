import { beforeEach, expect, test } from 'vitest'
import { POST } from '@/app/language/route'
import { setEnvironment } from '@/tests/support/environment'

beforeEach(() => setEnvironment())

const choose = async (language: string, referer?: string) => {
  const request = new Request('http://localhost:3000/language', {
    method: 'POST',
    headers: referer ? { referer } : {},
    body: new URLSearchParams({ language })
  })
  const { status, headers } = await POST(request, { params: Promise.resolve({}) })
  return { status, location: headers.get('location'), cookie: headers.get('set-cookie') }
}

test('a chosen language is kept in a cookie, and the same page opens again', async () => {
  expect(await choose('es', 'http://localhost:3000/fees?from=mail')).toEqual({
    status: 303,
    location: '/fees?from=mail',
    cookie: 'pangea_language=es; Path=/; Max-Age=31536000; SameSite=Lax'
  })
})

test('an unknown language changes nothing', async () => {
  for (const language of ['', 'de', 'en-XA', 'es; Domain=example.com'])
    expect(await choose(language)).toEqual({ status: 303, location: '/', cookie: null })
})

test.each([
  'https://evil.example/fees',
  'http://localhost:3000//evil.example',
  'javascript:alert(1)'
])('%s does not lead to another site', async (referer) => {
  const { location } = await choose('en', referer)
  expect(new URL(location ?? '', 'http://localhost:3000').origin).toBe('http://localhost:3000')
})
