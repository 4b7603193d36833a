// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { setCookie } from '@/components/lib/cookies'

it('a browser without cookieStore sends the server its time zone, once', () => {
  expect('cookieStore' in globalThis).toBe(false)
  expect(setCookie('pangea_zone', 'America/New_York')).toBe(true)
  expect(document.cookie).toBe('pangea_zone=America%2FNew_York')
  expect(setCookie('pangea_zone', 'America/New_York')).toBe(false)
  expect(setCookie('pangea_zone', 'Asia/Tokyo')).toBe(true)
})
