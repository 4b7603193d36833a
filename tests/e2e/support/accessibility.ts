/** Automated checks of a page's accessibility and layout. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@/tests/e2e/support/fixtures'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Axe for violations only. By default it opens a second page, which combines the results of all
 * frames; a page without frames does not need one.
 */
export const axeOf = (page: Page): AxeBuilder =>
  new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode(page.frames().length === 1)

/** Serious and critical accessibility violations, by all rules or by the given ones. */
export async function accessibilityViolations(page: Page, rules?: string[]): Promise<string[]> {
  const axe = rules ? axeOf(page).withRules(rules) : axeOf(page).withTags(TAGS)
  const { violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}

/** Elements that overflow the window on the right. */
export const overflowingElements = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => element.outerHTML.slice(0, 120))
  })
