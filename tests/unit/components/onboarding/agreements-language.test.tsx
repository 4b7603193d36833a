// @vitest-environment jsdom
/** Jiko's documents are in English whatever the language of the page. */
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import { SWRConfig } from 'swr'
import { expect, test } from 'vitest'
import { AgreementsForm } from '@/components/onboarding/agreements/agreements-form'
import type { AgreementsResponse } from '@/lib/api/responses'
import { render, screen } from '@/tests/unit/components/render'
import { WithTexts } from '@/tests/unit/components/with-texts'

const TITLE = 'Terms of use'
const AGREEMENTS: AgreementsResponse = {
  version: '1.0.0',
  releasedOn: '2026-01-05',
  documents: [
    { title: TITLE, url: 'https://bank.example/a.pdf', type: 'TERMS', category: 'GENERAL' }
  ],
  esign: { shown: true, agreed: true },
  testPage: null
}
const still = () => {}
const router = {
  bfcacheId: '0',
  back: still,
  forward: still,
  refresh: still,
  replace: still,
  prefetch: still,
  push: still
}

async function show(language: 'en' | 'es'): Promise<string> {
  render(
    <AppRouterContext.Provider value={router}>
      <SWRConfig value={{ provider: () => new Map(), fetcher: () => AGREEMENTS }}>
        <WithTexts language={language}>
          <AgreementsForm agreedVersion={null} />
        </WithTexts>
      </SWRConfig>
    </AppRouterContext.Provider>
  )
  expect((await screen.findByText(TITLE)).lang).toBe('en')
  return document.body.textContent ?? ''
}

test('a page in Spanish says so once, and marks their titles as English', async () => {
  const page = await show('es')
  expect(page.match(/están en inglés/g)).toHaveLength(1)
  expect(page).toContain('He leído los documentos sobre el servicio en general y los acepto.')
})

test('a page in English does not', async () => {
  expect(await show('en')).not.toMatch(/in English/)
})
