import { beforeEach, expect, test } from 'vitest'
import { GET } from '@/app/signed-out/route'
import { setEnvironment } from '@/tests/support/environment'

beforeEach(() => setEnvironment())

const ask = async (query = '', headers: Record<string, string> = {}) => {
  const request = new Request(`http://localhost:3000/signed-out${query}`, { headers })
  return (await GET(request, { params: Promise.resolve({}) })).headers
}
const CLEARED = '"cache", "storage"'
const NAVIGATION = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' }

test('after signing out the browser clears its cache and storage and opens the landing page', async () => {
  for (const headers of [{}, NAVIGATION, { ...NAVIGATION, 'sec-fetch-site': 'none' }]) {
    expect((await ask('', headers)).get('clear-site-data')).toBe(CLEARED)
    expect((await ask('', headers)).get('location')).toBe('/')
  }
})

test('another site or an image cannot clear what a user is typing', async () => {
  for (const change of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-mode': 'no-cors' }
  ])
    expect((await ask('', { ...NAVIGATION, ...change })).has('clear-site-data')).toBe(false)
})

test.each([
  ['/transactions?q=rent', '/sign-in?redirect_url=%2Ftransactions%3Fq%3Drent'],
  ['http://localhost:3000/account', '/sign-in?redirect_url=%2Faccount'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example', '/'],
  ['javascript:alert(1)', '/']
])('the way back %s leads to %s', async (back, location) => {
  expect((await ask(`?redirect_url=${encodeURIComponent(back)}`)).get('location')).toBe(location)
})
