/** What the public pages say about money, and where they lead. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ReactElement } from 'react'
import { renderToStaticMarkup as renderBare } from 'react-dom/server'
import { expect, it, vi } from 'vitest'
import robots from '@/app/robots'
import { IncidentNotices } from '@/components/connections/incident-notices'
import { IneligibleScreen } from '@/components/onboarding/ineligible-screen'
import { StatusScreen } from '@/components/onboarding/status-screens'
import { CustodyStatement, FeeList, YieldStatement } from '@/components/site/facts'
import { SiteFrame } from '@/components/site/site-frame'
import { ErrorPage } from '@/components/ui/error-page'
import { brand, fees, treasuryYield } from '@/pangea.config'
import { WithTexts } from '@/tests/unit/components/with-texts'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => undefined }) }))

const renderToStaticMarkup = (page: ReactElement, language: 'en' | 'es' = 'en') =>
  renderBare(<WithTexts language={language}>{page}</WithTexts>)
const textOf = (html: string) => html.replace(/<[^>]+>/g, '').replaceAll('&#x27;', '’')
const SITE = join(import.meta.dirname, '../../../../app/(site)')

it('a yield has its date and its source, is marked as an example, and is called nothing else', () => {
  const html = renderToStaticMarkup(<YieldStatement />)
  expect(textOf(html)).toContain(
    `Example figure: ${treasuryYield.percent}% was the yield of US Treasury bills on November 20, 2026.`
  )
  expect(html).toContain(`href="${treasuryYield.source.url}"`)
  expect(textOf(html)).not.toMatch(/APY|interest rate|guaranteed return/i)
  const spanish = textOf(renderToStaticMarkup(<YieldStatement />, 'es'))
  expect(spanish).toContain(`Cifra de ejemplo: ${treasuryYield.percent}% fue el rendimiento`)
  expect(spanish).toContain('20 de noviembre de 2026')
})

it('Treasury bills are not said to be insured by the FDIC, and SIPC is explained with a link', () => {
  const html = renderToStaticMarkup(<CustodyStatement />)
  expect(html).toContain('href="https://www.sipc.org/')
  expect(textOf(html)).toContain('deposit insurance does not cover them')
  expect(textOf(html)).not.toMatch(/FDIC/)
})

it('lists every fee, in the language of the page', () => {
  for (const language of ['en', 'es'] as const) {
    const text = textOf(renderToStaticMarkup(<FeeList />, language))
    for (const { what, cost } of fees) expect(text).toContain(`${what[language]}${cost[language]}`)
  }
})

it('the footer leads to every public page, and crawlers may read them', () => {
  const html = renderToStaticMarkup(<SiteFrame signedIn={false}>…</SiteFrame>)
  const names = readdirSync(SITE, { withFileTypes: true }).filter((one) => one.isDirectory())
  expect(names.length).toBe(8)
  for (const { name } of names) {
    expect(html).toContain(`href="/${name}"`)
    expect(JSON.stringify(robots())).toContain(`"/${name}"`)
  }
})

const bank = {
  service: 'plaid',
  institutionId: 'ins_1',
  name: 'First Bank',
  kind: 'errors',
  cause: 'institution',
  since: '2026-11-20T10:00:00.000Z'
} as const

it.each([
  ['an error page', <ErrorPage key="e" error={new Error()} reset={() => undefined} />],
  ['a refused application', <StatusScreen key="r" status="REJECTED" documents={[]} />],
  ['an ineligible applicant', <IneligibleScreen key="i" reason="under_18" />],
  ['a place without service', <IneligibleScreen key="n" reason="not_served" />],
  [
    'a bank with problems',
    <IncidentNotices key="b" incidents={[bank]} institutionIds={['ins_1']} />
  ]
])('%s names how to reach a person', (_, page) => {
  expect(renderToStaticMarkup(page)).toContain(`mailto:${brand.support.email}`)
})
