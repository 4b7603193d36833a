/** The computed style of an element: colours, edges and positions. */
import type { Locator, Page } from '@playwright/test'

/** The contrast ratio of an element's border against the surface behind it (WCAG 1.4.11). */
export const edgeContrast = (element: Locator): Promise<number> =>
  element.evaluate((one) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const pixel = (colors: string[]) => {
      if (!canvas) throw new Error('no canvas')
      for (const color of ['#fff', ...colors]) {
        canvas.fillStyle = color
        canvas.fillRect(0, 0, 1, 1)
      }
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
    }
    const luminance = (channels: number[]) => {
      const [r = 0, g = 0, b = 0] = channels
        .map((channel) => channel / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const behind: string[] = []
    for (let parent = one.parentElement; parent; parent = parent.parentElement)
      behind.unshift(getComputedStyle(parent).backgroundColor)
    const { borderTopColor, borderTopWidth, borderTopStyle } = getComputedStyle(one)
    if (borderTopStyle === 'none' || Number.parseFloat(borderTopWidth) < 1) return 1
    const [a = 0, b = 0] = [pixel(behind), pixel([...behind, borderTopColor])]
      .map(luminance)
      .sort((x, y) => y - x)
    return (a + 0.05) / (b + 0.05)
  })

/** The drawn edge of an element: its border, or none. */
export const edgeStyle = (element: Locator): Promise<string> =>
  element.evaluate((one) => {
    const { borderTopStyle, borderTopWidth } = getComputedStyle(one)
    return Number.parseFloat(borderTopWidth) >= 1 ? borderTopStyle : 'none'
  })

/** The outline of the focused element, as style and width. */
export const focusOutline = (element: Locator): Promise<[style: string, width: number]> =>
  element.evaluate((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one)
    return [outlineStyle, Number.parseFloat(outlineWidth)]
  })

/**
 * Whether the focused list row lies above the fixed navigation at the bottom; null while the row
 * at `position` is not focused yet.
 */
export const focusedRowIsVisible = (page: Page, position: number): Promise<boolean | null> =>
  page.evaluate((expected) => {
    const row = document.activeElement?.closest('[aria-posinset]')
    const bar = [...document.querySelectorAll('nav')].find(
      (nav) => getComputedStyle(nav).position === 'fixed'
    )
    if (!bar || row?.getAttribute('aria-posinset') !== `${expected}`) return null
    const { top, bottom } = row.getBoundingClientRect()
    return top >= 0 && bottom <= bar.getBoundingClientRect().top
  }, position)

/** Amounts in `main` that overlap another one, or that their card cuts off. */
export const overlappingAmounts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const large = /\d,\d{3},\d{3}/
    const has = (one: Element) => large.test(one.textContent ?? '')
    const boxes = [...document.querySelectorAll<HTMLElement>('main *')]
      .filter((one) => has(one) && ![...one.children].some(has) && one.checkVisibility())
      .filter((one) => !one.closest('.sr-only, svg, [aria-hidden=true]'))
      .map((one) => {
        const range = document.createRange()
        range.selectNodeContents(one)
        const card = one.closest('section, li, main')?.getBoundingClientRect()
        const { left, right, top, bottom } = range.getBoundingClientRect()
        const text = one.textContent ?? ''
        return { text, left, right, top, bottom, edge: Math.min(card?.right ?? 0, innerWidth) }
      })
    const cut = boxes.filter(({ right, edge }) => right > edge + 1)
    const pairs = boxes.flatMap((a, n) => boxes.slice(n + 1).map((b) => [a, b] as const))
    const overlapping = pairs.filter(
      ([a, b]) =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2
    )
    return [
      ...(boxes.length ? [] : ['no amount of seven digits or more']),
      ...cut.map(({ text }) => `cut off: ${text}`),
      ...overlapping.map(([a, b]) => `${a.text} over ${b.text}`)
    ]
  })
