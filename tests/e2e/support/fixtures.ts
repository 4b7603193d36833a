/** The base of every browser test: no external requests, and no unnoticed errors. */
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page
} from '@playwright/test'
import { linkBank } from '@/tests/e2e/support/api'
import { readStack, type StackVariable, switchStack } from '@/tests/e2e/support/stack'
import { createTestUser, signIn, type TestUser } from '@/tests/e2e/support/users'

export type { Page } from '@playwright/test'
export { expect } from '@playwright/test'

/** The logs of a watched browser. */
export type BrowserReport = {
  outside: string[]
  faults: string[]
  violations: string[]
  consoleErrors: string[]
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/
const LOCAL_SCHEMES = /^(data|blob|about|chrome-error):/

function watch(context: BrowserContext, seen: BrowserReport): void {
  const leave = (address: string) => {
    if (!LOCAL_SCHEMES.test(address) && !LOOPBACK.test(new URL(address).hostname))
      seen.outside.push(address)
  }
  context.on('request', (request) => leave(request.url()))
  context.on('weberror', (error) => seen.faults.push(error.error().message))
  context.on('page', (page) => {
    waitForHydration(page)
    page.on('websocket', (socket) => leave(socket.url()))
  })
  context.on('console', (message) => {
    if (message.type() !== 'error') return
    seen.consoleErrors.push(message.text())
    if (/Content Security Policy/i.test(message.text())) seen.violations.push(message.text())
  })
}

/**
 * Whether React has put every part of the page in its place, and hydrated every interactive element;
 * a page of another server always counts.
 */
const isHydrated = () => {
  const ours = document.querySelector('script[src*="/_next/"]')
  const arriving = document.querySelector('template[id^="B:"], [hidden][id^="S:"]')
  const parts = [...document.querySelectorAll('main :is(button, input, select, textarea, a)')]
  const hydrated = (part: Element) =>
    Object.keys(part).some((key) => key.startsWith('__reactProps$'))
  return !ours || (!arriving && parts.every(hydrated))
}

/**
 * A user does not click within milliseconds of the first paint. A page with scripts off or delayed
 * is waited for only briefly.
 */
function waitForHydration(page: Page): void {
  const ready = () =>
    page.waitForFunction(isHydrated, undefined, { timeout: 5_000 }).catch(() => {})
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)]
  page.goto = async (...args) => {
    const response = await goto(...args)
    await ready()
    return response
  }
  page.reload = async (...args) => {
    const response = await reload(...args)
    await ready()
    return response
  }
}

type Fixtures = {
  /**
   * Logs of every browser of this test. The test fails for an external request, an uncaught error
   * or a policy violation.
   */
  seen: BrowserReport
  /** Another browser, watched like the first; signed in as `user` when given. */
  open: (user?: Pick<TestUser, 'email'>, options?: BrowserContextOptions) => Promise<Page>
  /** A user with a verified address. */
  user: TestUser
  /** This test's page, signed in as `user`. */
  home: Page
  /** This test's page, signed in as `reader`. */
  readersHome: Page
}

type SharedFixtures = {
  /** Which stack the tests of a project run on. */
  stackVariable: StackVariable
  onStack: undefined
  /** A user with a linked bank for the tests that change nothing: linking one takes seconds. */
  reader: TestUser
}

export const test = base.extend<Fixtures, SharedFixtures>({
  seen: async ({ browserName: _ }, use) => {
    const seen: BrowserReport = { outside: [], faults: [], violations: [], consoleErrors: [] }
    await use(seen)
    expect(seen.outside, 'requests outside this machine').toEqual([])
    expect(seen.faults, 'uncaught faults in a page').toEqual([])
    expect(seen.violations, 'violations of the content security policy').toEqual([])
  },
  context: async ({ context, seen }, use) => {
    watch(context, seen)
    await use(context)
  },
  open: async ({ browser, seen, baseURL }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (user, options) => {
      const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), ...options })
      contexts.push(context)
      watch(context, seen)
      if (user) await signIn(context, user)
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },
  user: async ({ browserName: _ }, use) => use(await createTestUser()),
  home: async ({ page, context, user }, use) => {
    await signIn(context, user)
    await use(page)
  },
  readersHome: async ({ page, context, reader }, use) => {
    await signIn(context, reader)
    await use(page)
  },
  stackVariable: ['E2E_STACK', { option: true, scope: 'worker' }],
  onStack: [
    async ({ stackVariable }, use) => {
      const restore = switchStack(readStack(stackVariable))
      await use(undefined)
      restore()
    },
    { scope: 'worker', auto: true }
  ],
  reader: [
    async ({ browserName: _ }, use) => {
      const reader = await createTestUser()
      await linkBank(reader)
      await use(reader)
    },
    { scope: 'worker' }
  ]
})
