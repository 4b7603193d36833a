/** With the second brand of second-brand.ts in place of pangea.config.ts. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { BRAND_STYLE } from '@/app/_lib/brand-colors'
import { README } from '@/app/_lib/export-zip'
import { openApiDocument } from '@/app/_lib/openapi/document'
import AccessibilityPage from '@/app/(site)/accessibility/page'
import ContactPage from '@/app/(site)/contact/page'
import FeesPage from '@/app/(site)/fees/page'
import HelpPage from '@/app/(site)/help/page'
import PrivacyPage from '@/app/(site)/privacy/page'
import SecurityPage from '@/app/(site)/security/page'
import TermsPage from '@/app/(site)/terms/page'
import RootLayout, { generateMetadata } from '@/app/layout'
import manifest from '@/app/manifest'
import NotFoundPage from '@/app/not-found'
import { GET as offlinePage } from '@/app/offline/route'
import LandingPage from '@/app/page'
import { SiteFrame } from '@/components/site/site-frame'
import { ITEM_STATUSES } from '@/lib/domain/connections/connection'
import { connectionEmail } from '@/lib/domain/connections/connection-email'
import { MESSAGE_KINDS } from '@/lib/domain/messages/message'
import { messageEmail } from '@/lib/domain/messages/message-email'
import { textIn } from '@/lib/domain/text/catalogs'
import { configProblems } from '@/lib/platform/config-rules'
import { colors } from '@/pangea.config'
import { contrast, contrastProblems } from '@/scripts/brand/contrast'
import { setEnvironment } from '@/tests/support/environment'
import { WithTexts } from '@/tests/unit/components/with-texts'

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

const ROOT = join(import.meta.dirname, '../../..')
const SOURCES = ['app', 'components', 'lib', 'sandbox', 'xata', 'public', 'proxy.ts']
const FIRST_NAME = /\bPangea\b/

beforeAll(() => setEnvironment({}))

/** A module without its comments. */
const codeOf = (file: string) =>
  transformSync(readFileSync(join(ROOT, file), 'utf8'), {
    loader: file.endsWith('.ts') ? 'ts' : 'tsx',
    legalComments: 'none'
  }).code

it('no source file names a brand: all read pangea.config.ts', () => {
  const files = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', ...SOURCES],
    { cwd: ROOT, encoding: 'utf8' }
  )
    .split('\n')
    .filter((file) => /\.(tsx?|jsx?|html|css|svg|txt)$/.test(file))
  expect(files.length).toBeGreaterThan(500)
  const named = files.filter((file) =>
    FIRST_NAME.test(/\.[jt]sx?$/.test(file) ? codeOf(file) : readFileSync(join(ROOT, file), 'utf8'))
  )
  expect(named).toEqual([])
})

describe('pages', () => {
  const pages: [string, () => Promise<ReactNode> | ReactNode][] = [
    ['landing', LandingPage],
    ['privacy', PrivacyPage],
    ['terms', TermsPage],
    ['fees', FeesPage],
    ['security', SecurityPage],
    ['help', HelpPage],
    ['contact', ContactPage],
    ['accessibility', AccessibilityPage],
    ['not found', NotFoundPage]
  ]
  it.each(pages)('%s shows the second brand only', async (_, page) => {
    const content = (
      <WithTexts>
        <SiteFrame signedIn={false}>{await page()}</SiteFrame>
      </WithTexts>
    )
    const html = renderToStaticMarkup(await RootLayout({ children: content }))
    expect(html).toContain('Halcyon Money LLC, 20 Quiet Lane')
    expect(html).not.toMatch(FIRST_NAME)
    // A line break in JSX is no space.
    expect(html).not.toMatch(/Halcyon[a-z]|[a-z.]Halcyon/)
    expect(html).toContain(`--brand:light-dark(${colors.brand.join()})`)
  })

  it('the one without a connection too', async () => {
    const request = new Request('https://halcyon.test/offline')
    const html = await (await offlinePage(request, { params: Promise.resolve({}) })).text()
    expect(html).toContain('Halcyon needs a connection')
    expect(html).not.toMatch(FIRST_NAME)
    expect(html).not.toMatch(/<(script|link|img)\b/)
    const inSpanish = new Request(request, { headers: { 'accept-language': 'es-MX,es;q=0.9' } })
    const spanish = await (await offlinePage(inSpanish, { params: Promise.resolve({}) })).text()
    expect(spanish).toContain('<html lang="es">')
    expect(spanish).toContain('Halcyon necesita una conexión')
  })

  it('are titled and installed under its name', async () => {
    const metadata = JSON.stringify(await generateMetadata())
    expect(metadata).toContain('"%s - Halcyon"')
    expect(metadata).toContain('"Halcyon: A calmer account"')
    expect(manifest()).toMatchObject({ name: 'Halcyon', theme_color: '#1d3f8f' })
    for (const found of [metadata, JSON.stringify(manifest())])
      expect(found).not.toMatch(FIRST_NAME)
  })

  it('have the tokens that components/theme.css leaves to the brand', () => {
    const css = readFileSync(join(ROOT, 'components/theme.css'), 'utf8')
    const used = [...css.matchAll(/var\((--[\w-]+)\)/g)].map(([, name = '']) => name)
    for (const name of used.filter((token) => !token.startsWith('--font')))
      expect(`${css}${BRAND_STYLE}`).toContain(`${name}:`)
  })
})

describe('e-mails and files', () => {
  const appUrl = 'https://halcyon.test'
  it.each(MESSAGE_KINDS)('the mail about %s is signed by the second brand', (kind) => {
    for (const by of ['user', 'admin'] as const) {
      const mail = messageEmail({ kind, data: { by }, appUrl, lockUrl: null }, textIn('en'))
      expect(mail.text).toMatch(/\nHalcyon\n$/)
      expect(`${mail.subject}${mail.text}`).not.toMatch(FIRST_NAME)
    }
  })

  it.each(ITEM_STATUSES)('so is the mail about a bank that is %s', (status) => {
    const mail = connectionEmail({ institutionName: 'Bank', status, appUrl }, textIn('en'))
    expect(mail.text).toMatch(/\nHalcyon\n$/)
    expect(`${mail.subject}${mail.text}`).not.toMatch(FIRST_NAME)
  })

  it('the export and the API’s document name it', async () => {
    for (const text of [README, JSON.stringify(await openApiDocument())]) {
      expect(text).toContain('Halcyon')
      expect(FIRST_NAME.test(text)).toBe(false)
    }
  })
})

describe('the checks of a build and of a start', () => {
  it('accept a complete file', () => {
    expect(contrastProblems(ROOT)).toEqual([])
    expect(configProblems()).toEqual([])
  })

  it('refuse colors that are hard to see, by name and theme', () => {
    const pale = { ...colors, brand: ['#8fb3a6', '#6fd0ab'] as const }
    expect(contrastProblems(ROOT, pale)).toContain(
      'pangea.config.ts: onBrand on brand has a contrast of 2.29 in the light theme, and needs 4.5.'
    )
    expect(contrastProblems(ROOT, { ...colors, ring: ['gray', '#ffffff'] })).not.toEqual([])
  })

  it('calculate contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3)
  })
})
