/**
 * The onboarding page as the user sees it, as HTML: the page's own component with the stored facts.
 */

import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import { prerenderToNodeStream } from 'react-dom/static'
import { StepPage } from '@/app/(app)/onboarding/[step]/step-page'
import { TextProvider } from '@/components/text/text-provider'
import { onboardingStep } from '@/lib/domain/onboarding/onboarding'
import { AREAS, messagesJson } from '@/lib/domain/text/catalogs'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService } from '@/lib/services'

const noop = () => {}
const router = {
  bfcacheId: '0',
  back: noop,
  forward: noop,
  refresh: noop,
  push: noop,
  replace: noop,
  prefetch: noop
}

/** The user's current page. Only for steps that are not questions. */
export async function renderOnboarding(
  user: UserActor
): Promise<{ step: string; html: string; title: string; text: string }> {
  const facts = await DataService.getOnboardingFacts(user)
  const step = onboardingStep(facts)
  const page = await StepPage({ step, user, facts })
  const { prelude } = await prerenderToNodeStream(
    <AppRouterContext.Provider value={router}>
      <TextProvider language="en" messages={messagesJson('en', AREAS)}>
        {page}
      </TextProvider>
    </AppRouterContext.Provider>
  )
  let html = ''
  for await (const chunk of prelude) html += String(chunk)
  const title = /<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? ''
  return { step, html, title: textOf(title), text: textOf(html) }
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, '’')
    .replace(/\s+/g, ' ')
    .trim()
