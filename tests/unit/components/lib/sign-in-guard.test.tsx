// @vitest-environment jsdom

import { SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { loadedClerk, startClerk } from '@/components/lib/clerk-session'
import { SignInGuard } from '@/components/users/sign-in-guard'
import { hasRetriedRecently, sameOriginPath } from '@/components/users/sign-in-redirect'
import { act, cleanup, render, screen } from '@/tests/unit/components/render'

/** Clerk's script in this browser. */
let tell = () => {}
const clerk = {
  loaded: true,
  session: null as object | null,
  addListener: (listener: () => void) => {
    tell = listener
  }
}
Object.assign(globalThis, { Clerk: clerk })
function becomes(session: object | null) {
  clerk.session = session
  tell()
}
startClerk({ publishableKey: 'pk_test_Y2xlcmsuZXhhbXBsZS5jb20k' }, {})
await loadedClerk()

let loads: string[]
beforeEach(() => {
  loads = []
  sessionStorage.clear()
  vi.stubGlobal('location', {
    origin: 'http://localhost:3000',
    replace: (to: string) => loads.push(to)
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const at = (query: string) => (
  <SearchParamsContext.Provider value={new URLSearchParams(query)}>
    <SignInGuard appUrl="http://localhost:3000" fallback="waiting">
      form
    </SignInGuard>
  </SearchParamsContext.Provider>
)
/**
 * The page with this query, in a browser with or without a session; a second call is a later visit
 * in the same tab.
 */
function visit(query: string, isSignedIn: boolean, view?: ReturnType<typeof render>) {
  act(() => becomes(isSignedIn ? { id: 'sess_1' } : null))
  if (!view) return render(at(query))
  view.rerender(at(query))
  return view
}

it('shows the form to a browser without a session, and leaves the redirect after sign-in to Clerk', () => {
  const view = visit('redirect_url=/onboarding&at=1', false)
  visit('redirect_url=/onboarding&at=1', true, view)
  expect(view.container.textContent).toBe('form')
  expect(loads).toEqual([])
})

it('does one full load when the server sends a signed-in browser back, then explains what to check', () => {
  const view = visit('redirect_url=/onboarding&at=1', false)
  visit('redirect_url=/onboarding&at=2', true, view)
  expect(view.container.textContent).toBe('waiting')
  expect(loads).toEqual(['/onboarding'])
  cleanup()
  visit('redirect_url=/onboarding&at=3', true)
  expect(screen.getByRole('heading', { name: 'We can’t keep you signed in' })).toBeTruthy()
  expect(screen.getByText('http://localhost:3000')).toBeTruthy()
  expect(loads).toHaveLength(1)
})

it('does not reload when the page was opened by hand', () => {
  expect(visit('', true).container.textContent).toBe('form')
  expect(loads).toEqual([])
})

it.each([
  ['/transactions?q=rent', '/transactions?q=rent'],
  ['http://localhost:3000/account', '/account'],
  ['https://evil.example/', '/dashboard'],
  ['//evil.example/x', '/dashboard'],
  ['javascript:alert(1)', '/dashboard'],
  ['http://[', '/dashboard'],
  [null, '/dashboard']
])('redirects to %s as %s', (asked, target) => expect(sameOriginPath(asked)).toBe(target))

it('treats a browser without storage, or with a second refusal within half a minute, as one that cannot keep a session', () => {
  expect([
    hasRetriedRecently(1_000_000),
    hasRetriedRecently(1_020_000),
    hasRetriedRecently(1_060_000)
  ]).toEqual([false, true, false])
  vi.stubGlobal('sessionStorage', undefined)
  expect(hasRetriedRecently()).toBe(true)
})
