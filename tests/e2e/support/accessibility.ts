/** Automated checks of a page's accessibility and layout. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from '@/tests/e2e/support/fixtures'

/** Axe in one file, which adds `axe` to the window. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

type Check = {
  /** A selector of the part that is checked; by default the page. */
  within?: string
  /** Rules or tags; by default all rules that axe runs. */
  only?: string[]
}

/**
 * What axe finds. It is loaded once per page and run directly: axe's package for Playwright loads it
 * several times per check, which takes most of the time. @throws for a page with frames.
 */
export async function axeViolations(
  page: Page,
  { within, only }: Check = {}
): Promise<AxeResults['violations']> {
  if (page.frames().length > 1) throw new Error('axe checks the page without its frames')
  // After a navigation without a full load, React sets the title last.
  await page.waitForFunction(() => document.title !== '')
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  return page.evaluate(
    async ({ context, rules }) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') }
      // Colours that change to those of another theme are measured at the end.
      await new Promise(requestAnimationFrame)
      const transitions = document.getAnimations().filter((one) => one instanceof CSSTransition)
      await Promise.all(transitions.map(({ finished }) => finished.catch(() => {})))
      const options: RunOptions = { resultTypes: ['violations'] }
      if (rules) options.runOnly = rules
      return (await axe.run(context ?? document, options)).violations
    },
    { context: within, rules: only }
  )
}

/** Serious and critical accessibility violations, by all rules or by the given ones. */
export async function accessibilityViolations(page: Page, only = TAGS): Promise<string[]> {
  const violations = await axeViolations(page, { only })
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
