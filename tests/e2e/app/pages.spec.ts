import { accessibilityViolations, overflowingElements } from '@/tests/e2e/support/accessibility'
import { treeFaults } from '@/tests/e2e/support/accessibility-tree'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { createPageUsers, PAGES, type PageCase, type PageUsers } from '@/tests/e2e/support/pages'
import { signIn } from '@/tests/e2e/support/users'

// One set of users per worker: users are slow to create, pages are quick to load.
let cast: PageUsers
test.beforeAll(async () => {
  cast = await createPageUsers()
})

/** A window of 1280 px at 200%, a phone, and the narrowest required width (1280 px at 400%). */
const NARROW = [640, 390, 320]

async function visit(page: Page, { user: key, path, query = '', ready }: PageCase): Promise<void> {
  const user = cast[key]
  if (user) await signIn(page.context(), user)
  await page.goto(path + query)
  await expect(page.getByRole('heading', { name: ready }).first()).toBeVisible({ timeout: 20_000 })
  await expect(page).toHaveURL((url) => url.pathname === path)
  // Waits for the theme's colour transition to end.
  await page.addStyleTag({
    content: '*, *::before, *::after { transition: none !important; animation: none !important }'
  })
}

/** The question pages are one form, so the normal run checks one of them. */
const isLong = ({ name }: PageCase) => name.startsWith('question-') && name !== 'question-work'

for (const shown of PAGES) {
  test(`${shown.name}: accessible in light and dark, and nothing scrolls sideways down to 320 px${isLong(shown) ? ' @long' : ''}`, async ({
    page
  }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await visit(page, shown)
    expect.soft(await treeFaults(page), 'in the accessibility tree').toEqual([])
    expect.soft(await accessibilityViolations(page), 'in light').toEqual([])
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    expect.soft(await accessibilityViolations(page, ['color-contrast']), 'in dark').toEqual([])
    for (const width of NARROW) {
      await page.setViewportSize({ width, height: 800 })
      expect.soft(await overflowingElements(page), `at ${width} px`).toEqual([])
    }
  })
}
