import { brand } from '@/pangea.config'
import { accessibilityViolations, overflowingElements } from '@/tests/e2e/support/accessibility'
import { treeFaults } from '@/tests/e2e/support/accessibility-tree'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { PAGES, type PageCase, sharedPageUser } from '@/tests/e2e/support/pages'
import { signIn } from '@/tests/e2e/support/users'

const FIRST_BRAND = 'Pangea'
/** Where a page has a word, with what is around it. */
const namesOf = (word: string, html: string) =>
  html.match(new RegExp(`.{0,60}\\b${word}\\b.{0,20}`, 'g')) ?? []

/** A window of 1280 px at 200%, a phone, and the narrowest required width (1280 px at 400%). */
const WIDE = { width: 1280, height: 720 }
const NARROW = [640, 390, 320]
/** All colours come from the theme, so the normal run checks a few pages in dark. */
const IN_DARK = ['landing', 'sign-in', 'dashboard', 'transactions', 'account', 'question-work']

async function visit(page: Page, { path, query = '', ready }: PageCase): Promise<void> {
  await page.setViewportSize(WIDE)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.goto(path + query)
  await expect(page.getByRole('heading', { name: ready }).first()).toBeVisible({ timeout: 20_000 })
  await expect(page).toHaveURL((url) => url.pathname === path)
  // Waits for the theme's colour transition to end.
  await page.addStyleTag({
    content: '*, *::before, *::after { transition: none !important; animation: none !important }'
  })
}

async function check(page: Page, name: string): Promise<void> {
  if (brand.name !== FIRST_BRAND)
    expect.soft(namesOf(FIRST_BRAND, await page.content()), `${name}: another brand`).toEqual([])
  expect.soft(await treeFaults(page), `${name}: in the accessibility tree`).toEqual([])
  expect.soft(await accessibilityViolations(page), `${name}: in light`).toEqual([])
  if (process.env.TEST_LONG || IN_DARK.includes(name)) {
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    expect
      .soft(await accessibilityViolations(page, ['color-contrast']), `${name}: in dark`)
      .toEqual([])
  }
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 800 })
    expect.soft(await overflowingElements(page), `${name}: at ${width} px`).toEqual([])
  }
}

/**
 * The question pages are one form, the pages of text one layout, and the states of an application one
 * card, so the normal run checks one of each. The reference page is by far the longest. The last line
 * are pages that a journey checks: next-steps, documents, esign and user-data.
 */
const LONG = [
  'docs',
  ...['privacy', 'terms', 'security', 'contact', 'accessibility', 'fees'],
  ...['sign-up', 'not-served', 'account-empty'],
  ...['status-review', 'status-rejected', 'dashboard-in-review'],
  ...['pre-link', 'status-documents', 'agreements', 'settings-data']
]
const isLong = ({ name }: PageCase) =>
  (name.startsWith('question-') && name !== 'question-work') || LONG.includes(name)

const checked = PAGES.filter((shown) => process.env.TEST_LONG || !isLong(shown))

// One test per user, because users are slow to create and a browser keeps the scripts it loaded.
for (const key of new Set(checked.map(({ user }) => user))) {
  const pages = checked.filter(({ user }) => user === key)
  test(`the pages of ${key}: accessible, and nothing scrolls sideways down to 320 px`, async ({
    page
  }) => {
    test.setTimeout(60_000 + pages.length * 15_000)
    const user = await sharedPageUser(key)
    if (user) await signIn(page.context(), user)
    for (const shown of pages)
      await test.step(shown.name, async () => {
        await visit(page, shown)
        await check(page, shown.name)
      })
  })
}

test('placeholders of what is loading fit into 320 px', async ({ page }) => {
  const user = await sharedPageUser('linked')
  if (user) await signIn(page.context(), user)
  // Never answered.
  await page.route('**/api/v1/account/**', () => {})
  await page.setViewportSize({ width: 320, height: 800 })
  await page.goto('/account')
  await expect(page.locator('#main [data-loading]').first()).toBeVisible()
  expect(await overflowingElements(page)).toEqual([])
})
