import { expect, test } from '@/tests/e2e/support/fixtures'
import { createPageUsers, PAGES, type PageUsers } from '@/tests/e2e/support/pages'
import { signIn } from '@/tests/e2e/support/users'

let cast: PageUsers
test.beforeAll(async () => {
  cast = await createPageUsers()
})

/** Maximum height of a screenshot; below it a list only continues. */
const TALLEST = 6_000
const WIDTHS = [1_280, 820, 390]
const SCHEMES = ['light', 'dark'] as const

for (const shown of PAGES) {
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) {
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
