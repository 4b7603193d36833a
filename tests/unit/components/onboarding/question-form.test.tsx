// @vitest-environment jsdom
/** Every application page submitted empty, validated by the server's own schema. */

import userEvent from '@testing-library/user-event'
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import type { ReactNode } from 'react'
import { SWRConfig } from 'swr'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { z } from 'zod'
import { errorResponse } from '@/app/_lib/errors/error-response'
import { readJson } from '@/app/_lib/request'
import { AgreementsForm } from '@/components/onboarding/agreements/agreements-form'
import { QuestionForm } from '@/components/onboarding/question-form'
import { SsnForm } from '@/components/onboarding/ssn-form'
import { AgreementsInput, DraftInput, EsignConsentInput, SubmitInput } from '@/lib/api/application'
import { QUESTIONS } from '@/lib/domain/onboarding/onboarding'
import { UNSERVED_REGIONS, US_STATES } from '@/lib/domain/onboarding/states-and-countries'
import { cleanup, render, screen, waitFor } from '@/tests/unit/components/render'

const SCHEMAS: Record<string, z.ZodType> = {
  '/api/v1/application/draft': DraftInput,
  '/api/v1/application/agreements': AgreementsInput,
  '/api/v1/application/agreements/esign': EsignConsentInput,
  '/api/v1/application/submit': SubmitInput
}
const AGREEMENTS = {
  version: '1.0.0',
  releasedOn: '2026-01-05',
  documents: [
    {
      title: 'Terms',
      url: 'https://bank.example/terms.pdf',
      type: 'TERMS_OF_USE',
      category: 'GENERAL'
    }
  ],
  esign: { shown: false, agreed: false },
  testPage: '/test-page'
}
const pushed: string[] = []
const still = () => {}
const router = {
  bfcacheId: '0',
  back: still,
  forward: still,
  refresh: still,
  replace: still,
  prefetch: still,
  push: (to: string) => void pushed.push(to)
}

beforeEach(() => {
  pushed.length = 0
  Element.prototype.scrollIntoView = still
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const request = new Request(`http://localhost${path}`, {
      method: 'POST',
      body: String(init?.body)
    })
    return readJson(request, SCHEMAS[path] as z.ZodType).then(
      () => Response.json({ step: 'name', ineligible: null, status: null }),
      (error: unknown) => errorResponse(error, request)
    )
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const show = (page: ReactNode) =>
  render(
    <AppRouterContext.Provider value={router}>
      <SWRConfig value={{ provider: () => new Map(), fetcher: () => AGREEMENTS }}>{page}</SWRConfig>
    </AppRouterContext.Provider>
  )
const question = (key: (typeof QUESTIONS)[number]['key']) => (
  <QuestionForm
    question={key}
    answers={{}}
    suggestedBy={null}
    backHref={null}
    nextStepHref="/next"
    regions={{
      states: US_STATES,
      militaryStates: UNSERVED_REGIONS,
      countries: [['NG', 'Nigeria']]
    }}
  />
)

/**
 * The error summary is on top, has the focus, and each line links to a field with the same message.
 */
async function expectSummary(button: string): Promise<string[]> {
  await userEvent.click(await screen.findByRole('button', { name: button }))
  const summary = await screen.findByRole('alert')
  await waitFor(() => expect(document.activeElement).toBe(summary))
  const links = [...summary.querySelectorAll('a')]
  expect(links.length).toBeGreaterThan(0)
  for (const link of links) {
    await userEvent.click(link)
    const field = document.querySelector(link.getAttribute('href') ?? 'nothing')
    expect(document.activeElement).toBe(field)
    const described = (field?.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
    expect(described.join(' ')).toContain(`Error: ${link.textContent}`)
  }
  return links.map((link) => link.textContent ?? '')
}

describe('submitted empty, the missing fields are listed on top with links:', () => {
  test.each(QUESTIONS.map(({ key }) => key).filter((key) => key !== 'affiliations'))(
    '%s',
    async (key) => {
      show(question(key))
      expect((await expectSummary('Continue')).length).toBe(
        { name: 2, address: 4 }[key as string] ?? 1
      )
      expect(pushed).toEqual([])
    }
  )

  test('a choice that needs more input reports it at that input', async () => {
    show(question('citizenship'))
    await userEvent.click(screen.getByRole('radio', { name: 'I am a citizen of another country' }))
    expect(await expectSummary('Continue')).toEqual(['Choose the country you are a citizen of'])
    cleanup()
    show(question('work'))
    await userEvent.click(screen.getByRole('radio', { name: 'Employed' }))
    expect(await expectSummary('Continue')).toEqual(['Enter your job title'])
  })

  test('the agreements', async () => {
    show(<AgreementsForm agreedVersion={null} />)
    expect(await expectSummary('Agree to electronic documents')).toHaveLength(1)
  })

  test('the Social Security number', async () => {
    show(<SsnForm isResubmission={false} />)
    expect(await expectSummary('Submit application')).toHaveLength(1)
  })
})

test('an applicant with nothing to declare continues with an empty page', async () => {
  show(question('affiliations'))
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }))
  await waitFor(() => expect(pushed).toEqual(['/next']))
})
