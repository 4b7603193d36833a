import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from './fixtures'
import { type Cast, createCast, PAGES, type PageCase } from './pages'
import { signIn } from './people'

// One cast for the pages of a worker: people are slow to make, pages are quick to look at.
let cast: Cast
test.beforeAll(async () => {
  cast = await createCast()
})

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Sizes people have: a phone, and the narrowest that counts (1280 px at 400%). */
const NARROW = [390, 320]

async function visit(page: Page, { who, path, query = '', ready }: PageCase): Promise<void> {
  const person = cast[who]
  if (person) await signIn(page.context(), person)
  await page.goto(path + query)
  await expect(page.getByRole('heading', { name: ready }).first()).toBeVisible({ timeout: 20_000 })
  await expect(page).toHaveURL((url) => url.pathname === path)
  // A colour that is still on its way from light to dark is nobody's colour.
  await page.addStyleTag({ content: '*, *::before, *::after { transition: none !important; animation: none !important }' })
}

async function seriousFaults(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}

/** What stands out to the right of the window. */
const overhang = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => element.outerHTML.slice(0, 120))
  })

for (const shown of PAGES) {
  test(`${shown.name}: accessible in light and dark, and nothing scrolls sideways down to 320 px`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await visit(page, shown)
    expect.soft(await seriousFaults(new AxeBuilder({ page }).withTags(TAGS)), 'in light').toEqual([])
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    expect.soft(await seriousFaults(new AxeBuilder({ page }).withRules(['color-contrast'])), 'in dark').toEqual([])
    for (const width of NARROW) {
      await page.setViewportSize({ width, height: 800 })
      expect.soft(await overhang(page), `at ${width} px`).toEqual([])
    }
  })
}
