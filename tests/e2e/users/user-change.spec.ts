import type { BrowserContext } from '@playwright/test'
import { clientOf, completeDraft, linkBank } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { signOut, typeSignIn } from '@/tests/e2e/support/steps/clerk-pages'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'
import { createAdmin, createTestUser, signIn, type TestUser } from '@/tests/e2e/support/users'

/** Each link with the heading of its page. */
type Place = [link: string, title: string | RegExp]
const PLACES: Place[] = [
  ['Transactions', 'Transactions'],
  ['Connections', 'Connections'],
  ['Account', 'Account']
]
/** Every other page, by path; the last three are admin pages. */
const OTHER_PLACES: Place[] = [
  ['/transactions/rules', 'Rules'],
  ['/settings', 'Settings'],
  ['/settings/data', 'Your data'],
  ['/onboarding/name', 'What is your legal name?'],
  ['/onboarding/check', 'Check your answers'],
  ['/admin', 'Administration'],
  ['/admin/users', 'Users'],
  ['/admin/audit', 'Audit log']
]
const IS_ADMIN = /^\/admin/
const NO_PAGE = /no page here/

/**
 * Private data of the first user: the address is in the settings and in the user list, the name in
 * the application.
 */
const OWN = ['Tartan Bank', 'Aquamarine Cottage']
const ownOf = ({ email }: TestUser) => [...OWN, email, 'Ferroli', 'Service health and failed jobs.']

async function fillUser(
  user: TestUser,
  bank: string,
  asset: string,
  lastName: string
): Promise<void> {
  await completeDraft(user, lastName)
  await linkBank(user, bank)
  await clientOf(user).postAssets({
    body: { name: asset, kind: 'home', currency: 'USD', value: '250000' }
  })
}

/**
 * Reports each of `words` that any tab of the browser shows, after each change of a page and in
 * each frame.
 */
async function watchFor(context: BrowserContext, words: string[]): Promise<{ seen: string[] }> {
  const report = { seen: [] as string[] }
  await context.exposeBinding(
    'reportShown',
    ({ page }, word: string) => void report.seen.push(`${new URL(page.url()).pathname}: ${word}`)
  )
  await context.addInitScript((shown: string[]) => {
    // A text that stays is reported four times a second.
    const reported: Record<string, number> = {}
    const look = () => {
      const { documentElement: root } = document
      if (!root || root.hidden) return
      const typed = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(
        ({ value }) => value
      )
      const text = [root.textContent, ...typed].join(' ')
      for (const word of shown) {
        if (!text.includes(word) || performance.now() < (reported[word] ?? 0) + 250) continue
        reported[word] = performance.now()
        ;(window as unknown as { reportShown(word: string): void }).reportShown(word)
      }
    }
    const eachFrame = () => {
      look()
      requestAnimationFrame(eachFrame)
    }
    new MutationObserver(look).observe(document, {
      childList: true,
      subtree: true,
      characterData: true
    })
    eachFrame()
  }, words)
  return report
}

/** Opens a page by client-side navigation, like a link. */
async function follow(page: Page, [link, title]: Place): Promise<void> {
  if (link.startsWith('/'))
    await page.evaluate(
      (path) =>
        (window as unknown as { next: { router: { push(to: string): void } } }).next.router.push(
          path
        ),
      link
    )
  else await page.getByRole('link', { name: link, exact: true }).first().click()
  await expect(heading(page, title)).toBeVisible({ timeout: 20_000 })
}

const TROUBLE = {
  'answers 503': (context: BrowserContext) =>
    context.route('**/api/v1/**', (route) => route.fulfill({ status: 503, json: {} })),
  'takes three seconds': (context: BrowserContext) =>
    context.route('**/api/v1/**', async (route) => {
      await new Promise((done) => setTimeout(done, 3_000))
      await route.continue().catch(() => {})
    })
}

for (const [trouble, begin] of Object.entries(TROUBLE))
  for (const [pages, places] of [
    ['the main pages', PLACES],
    ['every page', [...PLACES, ...OTHER_PLACES]]
  ] as const) {
    const long = pages === 'every page'
    if (!long && trouble !== 'answers 503') continue
    test(`the next user of a browser sees no data of the last one on ${pages} while the API ${trouble}${long ? ' @long' : ''}`, async ({
      page,
      context
    }) => {
      test.setTimeout(long ? 240_000 : 120_000)
      const [first, second] = await Promise.all([
        long ? createAdmin() : createTestUser(),
        createTestUser()
      ])
      await Promise.all([
        fillUser(first, 'ins_109511', 'Aquamarine Cottage', 'Ferroli'),
        fillUser(second, 'ins_109508', 'Brown House', 'Okafor')
      ])
      const words = long ? ownOf(first) : OWN
      const { seen } = await watchFor(context, words)
      await signIn(context, first, { secondFactor: long })
      const other = await context.newPage()
      await page.goto('/dashboard')
      for (const place of places) await follow(page, place)
      await follow(page, long ? ['/dashboard', 'Dashboard'] : ['Dashboard', 'Dashboard'])
      await other.goto('/connections')
      await expect
        .poll(() => [...new Set(seen.map((one) => one.split(': ')[1]))].sort())
        .toEqual([...words].sort())

      await signOut(page)
      await expect(heading(page, /All your money/)).toBeVisible()
      await expect(heading(other, 'Sign in to Pangea')).toBeVisible()
      seen.length = 0
      await begin(context)
      await page.getByRole('link', { name: 'Sign in' }).first().click()
      await typeSignIn(page, second.email)
      await expect(heading(page, 'Dashboard')).toBeVisible({ timeout: 20_000 })
      for (const [link, title] of places)
        await follow(page, [link, IS_ADMIN.test(link) ? NO_PAGE : title])
      const third = await context.newPage()
      await third.goto('/connections')
      await expect(heading(third, 'Connections')).toBeVisible()
      expect(seen).toEqual([])
      const late = await page.request.get('/api/v1/accounts', {
        headers: { 'x-pangea-user': first.userId }
      })
      expect([late.status(), await late.text()]).toEqual([
        412,
        expect.not.stringContaining('current')
      ])
    })
  }

test('a tab whose scripts arrive after its user has signed out in another shows the sign-in', async ({
  home: page,
  context
}) => {
  await page.goto('/dashboard')
  await expect(heading(page, 'Dashboard')).toBeVisible()
  const other = await context.newPage()
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await other.route('**/_next/static/**/*.js', async (route) => {
    await released
    await route.continue()
  })
  await other.goto('/connections', { waitUntil: 'commit' })
  await expect(heading(other, 'Connections')).toBeVisible()
  await signOut(page)
  await expect(heading(page, /All your money/)).toBeVisible()
  release()
  await expect(heading(other, 'Sign in to Pangea')).toBeVisible()
})
