import type { BrowserContext } from '@playwright/test'
import { ask, fillIn, linkBank } from './api'
import { signOut, typeSignIn } from './clerk-pages'
import { expect, type Page, test } from './fixtures'
import { heading } from './onboarding-pages'
import { createPerson, signIn, type TestPerson } from './people'

const OWN = ['Tartan Bank', 'Aquamarine Cottage']

const LONG = Boolean(process.env.TEST_LONG)
/** Each link with the heading of the page that it leads to. */
const PLACES = [
  ['Transactions', 'Transactions'],
  ...(LONG ? [['Rules', 'Rules']] : []),
  ['Connections', 'Connections'],
  ['Account', 'Account'],
  ...(LONG ? [['Settings', 'Settings']] : [])
] as [string, string][]

async function createUser(bank: string, asset: string): Promise<TestPerson> {
  const user = await createPerson()
  await fillIn(user)
  await linkBank(user, bank)
  await ask(user, 'POST', '/assets', { name: asset, kind: 'home', currency: 'USD', value: '250000' })
  return user
}

/** Reports each text of `words` that any tab of the browser shows: after each change of a page, and in each frame. */
async function watchFor(context: BrowserContext, words: string[]): Promise<{ seen: string[] }> {
  const report = { seen: [] as string[] }
  await context.exposeBinding('reportShown', ({ page }, word: string) => void report.seen.push(`${new URL(page.url()).pathname}: ${word}`))
  await context.addInitScript((shown: string[]) => {
    // A word that stays is reported four times a second.
    const reported: Record<string, number> = {}
    const look = () => {
      const { documentElement: root } = document
      if (!root || root.hidden) return
      const text = root.textContent ?? ''
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
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
    eachFrame()
  }, words)
  return report
}

const follow = async (page: Page, link: string, title: string) => {
  if (link === 'Settings') await page.keyboard.press('g').then(() => page.keyboard.press('s'))
  else await page.getByRole('link', { name: link, exact: true }).first().click()
  await expect(heading(page, title)).toBeVisible({ timeout: 20_000 })
}

const TROUBLE = {
  'answers 503': (context: BrowserContext) => context.route('**/api/v1/**', (route) => route.fulfill({ status: 503, json: {} })),
  'takes three seconds': (context: BrowserContext) =>
    context.route('**/api/v1/**', async (route) => {
      await new Promise((done) => setTimeout(done, 3_000))
      await route.continue().catch(() => {})
    })
}

for (const [trouble, begin] of Object.entries(TROUBLE).slice(0, LONG ? 2 : 1)) {
  test(`the next user of a browser sees nothing of the last one in any tab while the API ${trouble}`, async ({ page, context }) => {
    test.setTimeout(LONG ? 240_000 : 120_000)
    const [first, second] = await Promise.all([createUser('ins_109511', 'Aquamarine Cottage'), createUser('ins_109508', 'Brown House')])
    // The address stands in the settings alone.
    const words = LONG ? [...OWN, first.email] : OWN
    const { seen } = await watchFor(context, words)
    await signIn(context, first)
    const other = await context.newPage()
    await page.goto('/dashboard')
    for (const [link, title] of PLACES) await follow(page, link, title)
    await follow(page, 'Dashboard', 'Dashboard')
    await other.goto('/connections')
    await expect.poll(() => new Set(seen.map((one) => one.split(': ')[1])).size).toBe(words.length)

    await signOut(page)
    await expect(heading(page, /All your money/)).toBeVisible()
    await expect(heading(other, 'Sign in to Pangea')).toBeVisible()
    seen.length = 0
    await begin(context)
    await page.getByRole('link', { name: 'Sign in' }).first().click()
    await typeSignIn(page, second.email)
    await expect(heading(page, 'Dashboard')).toBeVisible({ timeout: 20_000 })
    for (const [link, title] of PLACES) await follow(page, link, title)
    const third = await context.newPage()
    await third.goto('/connections')
    await expect(heading(third, 'Connections')).toBeVisible()
    expect(seen).toEqual([])
    const late = await page.request.get('/api/v1/accounts', { headers: { 'x-pangea-user': first.userId } })
    expect([late.status(), await late.text()]).toEqual([412, expect.not.stringContaining('current')])
  })
}
