import { expect, test } from '@/tests/e2e/support/fixtures'
import { createPageUsers, PAGES, type PageCase, type PageUsers } from '@/tests/e2e/support/pages'
import { signIn } from '@/tests/e2e/support/users'

let cast: PageUsers
test.beforeAll(async () => {
  cast = await createPageUsers()
})

/** Maximum height of a screenshot; below it a list only continues. */
const TALLEST = 6_000
const WIDTHS = [1_280, 820, 390]
const SCHEMES = ['light', 'dark'] as const

/**
 * Twelve that every run takes; `npm run test:visual` takes all. Written to test-results/shots for
 * review.
 */
const KEPT: Record<string, [number, 'light' | 'dark'][]> = {
  landing: [
    [1_280, 'light'],
    [390, 'dark']
  ],
  'sign-up': [[390, 'light']],
  'question-work': [[390, 'light']],
  check: [[1_280, 'dark']],
  'status-documents': [[390, 'dark']],
  dashboard: [
    [1_280, 'light'],
    [390, 'dark']
  ],
  transactions: [
    [1_280, 'dark'],
    [390, 'light']
  ],
  connections: [[820, 'light']],
  account: [[820, 'dark']]
}
const isKept = (page: PageCase, width: number, scheme: string) =>
  KEPT[page.name]?.some(([w, s]) => w === width && s === scheme)

for (const shown of PAGES) {
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) {
      if (!process.env.E2E_VISUAL && !isKept(shown, width, scheme)) continue
      test(`${shown.name}, ${width} px, ${scheme}: has a screenshot of the loaded page`, async ({
        page
      }) => {
        const user = cast[shown.user]
        if (user) await signIn(page.context(), user)
        await page.setViewportSize({ width, height: 844 })
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
        await page.goto(shown.path + (shown.query ?? ''))
        await expect(page.getByRole('heading', { name: shown.ready }).first()).toBeVisible({
          timeout: 20_000
        })
        await expect(page.locator('[data-loading]')).toHaveCount(0)
        const height = Math.min(
          await page.evaluate(() => document.documentElement.scrollHeight),
          TALLEST
        )
        // A window as tall as the page, so that sticky elements are not in the middle of the
        // screenshot.
        await page.setViewportSize({ width, height: Math.max(height, 844) })
        const picture = await page.screenshot({
          path: `test-results/shots/${shown.name}-${width}-${scheme}.png`
        })
        expect(picture.readUInt32BE(16), 'the width in the picture').toBe(width)
      })
    }
  }
}
