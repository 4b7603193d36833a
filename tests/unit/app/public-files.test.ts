import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unstable_doesMiddlewareMatch as matches } from 'next/experimental/testing/server'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, expect, test, vi } from 'vitest'
import RootLayout, { metadata } from '@/app/layout'
import { config } from '@/proxy'
import { setEnvironment } from '@/tests/support/environment'

vi.mock('next/headers', () => ({
  cookies: async () => ({ get: () => undefined }),
  headers: async () => new Headers()
}))
vi.mock('next/server', async (original) => ({
  ...(await original<object>()),
  connection: async () => undefined
}))
vi.mock('geist/font/sans', () => ({ GeistSans: { variable: '' } }))
vi.mock('geist/font/mono', () => ({ GeistMono: { variable: '' } }))

const PUBLIC = join(import.meta.dirname, '../../../public')
const text = (path: string) => readFileSync(join(PUBLIC, path), 'utf8')

/** Width and height from a PNG's header. */
function sizeOf(path: string): [number, number] {
  const bytes = readFileSync(join(PUBLIC, path))
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
}

beforeAll(() => setEnvironment({}))

test.each([
  'robots.txt',
  'favicon.ico',
  'icon.svg',
  'og.png',
  'manifest.webmanifest',
  'icons/apple-touch-icon.png',
  'icons/icon-192.png',
  'icons/icon-512.png',
  '.well-known/security.txt'
])('%s exists and is served without the proxy', (path) => {
  expect(existsSync(join(PUBLIC, path))).toBe(true)
  expect(matches({ config, url: `/${path}` })).toBe(false)
})

test('pages still pass the proxy', () => {
  for (const url of ['/', '/dashboard', '/settings', '/sign-in', '/robots'])
    expect(matches({ config, url }), url).toBe(true)
})

test('every icon of the manifest exists in the declared size', () => {
  const { icons } = JSON.parse(text('manifest.webmanifest')) as {
    icons: { src: string; sizes: string; type: string }[]
  }
  const pngs = icons.filter(({ type }) => type === 'image/png')
  expect(pngs.length).toBeGreaterThan(0)
  for (const { src, sizes } of pngs) expect(sizeOf(src).join('x')).toBe(sizes)
})

test('pages name the manifest, the touch icon and the preview image', async () => {
  expect(metadata).toMatchObject({
    manifest: '/manifest.webmanifest',
    icons: { apple: '/icons/apple-touch-icon.png' }
  })
  const html = renderToStaticMarkup(await RootLayout({ children: null }))
  expect(html).toMatch(/<meta property="og:image" content="http[^"]+\/og\.png"\/>/)
  expect(sizeOf('og.png')).toEqual([1200, 630])
})

test('security.txt has the fields that RFC 9116 requires', () => {
  expect(text('.well-known/security.txt')).toMatch(/^Contact: \S+$/m)
  expect(text('.well-known/security.txt')).toMatch(/^Expires: \d{4}-\d\d-\d\dT[\d:.]+Z$/m)
})

test('robots.txt keeps crawlers out of everything but the landing page and the docs', () => {
  expect(text('robots.txt')).toBe('User-agent: *\nAllow: /$\nAllow: /docs\nDisallow: /\n')
})
