/** What browsers, crawlers and other sites read without a page. */
import { unstable_doesMiddlewareMatch as matches } from 'next/experimental/testing/server'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, expect, test, vi } from 'vitest'
import { GET as securityText } from '@/app/.well-known/security.txt/route'
import AppleIcon from '@/app/apple-icon'
import Icon, { generateImageMetadata } from '@/app/icon'
import RootLayout, { generateMetadata } from '@/app/layout'
import manifest from '@/app/manifest'
import PreviewImage from '@/app/opengraph-image'
import robots from '@/app/robots'
import { company } from '@/pangea.config'
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
vi.mock('next/font/local', () => ({ default: () => ({ variable: '' }) }))

beforeAll(() => setEnvironment({}))

/** Width and height from a PNG's header. */
async function sizeOf(image: Response): Promise<[number, number]> {
  const bytes = Buffer.from(await image.arrayBuffer())
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
}

test.each([
  'robots.txt',
  'favicon.ico',
  'icon/32',
  'apple-icon',
  'opengraph-image',
  'manifest.webmanifest',
  '.well-known/security.txt',
  'offline',
  'service-worker.js'
])('%s is served without the proxy', (path) => {
  expect(matches({ config, url: `/${path}` })).toBe(false)
})

test('pages still pass the proxy', () => {
  for (const url of ['/', '/dashboard', '/settings', '/sign-in', '/robots', '/icons'])
    expect(matches({ config, url }), url).toBe(true)
})

test('every icon of the manifest is made in the declared size', async () => {
  const sizes = generateImageMetadata().map(({ id }) => `/icon/${id}`)
  const { icons = [] } = manifest()
  expect(icons.map(({ purpose }) => purpose)).toContain('maskable')
  for (const { src, sizes: declared } of icons) {
    expect(sizes).toContain(src)
    const id = Promise.resolve(src.split('/').at(-1) ?? '')
    expect((await sizeOf(await Icon({ id }))).join('x')).toBe(declared)
  }
})

test('the touch icon and the preview image are made from the mark', async () => {
  expect(await sizeOf(AppleIcon())).toEqual([180, 180])
  expect(await sizeOf(PreviewImage())).toEqual([1200, 630])
})

test('addresses in the metadata are absolute at the public address', async () => {
  expect(String((await generateMetadata()).metadataBase)).toBe('http://localhost:3000/')
  expect(renderToStaticMarkup(await RootLayout({ children: null }))).toContain('<html lang="en"')
})

test('security.txt has the fields that RFC 9116 requires', async () => {
  const request = new Request('http://localhost:3000/.well-known/security.txt')
  const text = await (await securityText(request, { params: Promise.resolve({}) })).text()
  expect(text).toContain(`Contact: mailto:${company.securityEmail}\n`)
  expect(text).toMatch(/^Expires: \d{4}-\d\d-\d\dT[\d:.]+Z$/m)
})

test('robots.txt keeps crawlers out of everything but public pages', () => {
  const { rules } = robots()
  expect(rules).toMatchObject({ allow: expect.arrayContaining(['/$', '/docs']), disallow: '/' })
})
