import { expect, test } from './fixtures'
import { type Cast, createCast, PAGES } from './pages'
import { signIn } from './people'

let cast: Cast
test.beforeAll(async () => {
  cast = await createCast()
})

/** Pictures for people to look at: `E2E_SHOTS=1`, into test-results/shots. */
for (const width of [1_280, 390]) {
  for (const scheme of ['light', 'dark'] as const) {
    for (const { name, who, path, query = '', ready } of PAGES) {
      test(`${name} ${width} ${scheme}`, async ({ page }) => {
        const person = cast[who]
        if (person) await signIn(page.context(), person)
        await page.setViewportSize({ width, height: 844 })
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
        await page.goto(path + query)
        await expect(page.getByRole('heading', { name: ready }).first()).toBeVisible({ timeout: 20_000 })
        await page.screenshot({ path: `test-results/shots/${name}-${width}-${scheme}.png`, fullPage: true })
      })
    }
  }
}
