import type { Page } from '@/tests/e2e/support/fixtures'

/**
 * Translated texts that are cut off or stick out of what is around them. Also those that end in an
 * ellipsis on purpose: only names from outside may, and they are not translated.
 */
export const clippedTexts = (page: Page) =>
  page.evaluate(() => {
    const isTranslated = (text: Text) => text.data.includes(' ~')
    const clips = ({ overflowX, overflowY }: CSSStyleDeclaration) =>
      [overflowX, overflowY].some((overflow) => overflow === 'hidden' || overflow === 'clip')
    const isCut = (text: Text): boolean => {
      const range = document.createRange()
      range.selectNodeContents(text)
      const { left, right, top, bottom, width } = range.getBoundingClientRect()
      if (width <= 1) return false
      for (let box = text.parentElement; box && box !== document.body; box = box.parentElement) {
        const around = box.getBoundingClientRect()
        // For screen readers only.
        if (around.width <= 1 || around.height <= 1) return false
        const style = getComputedStyle(box)
        const sticksOut = left < around.left - 1 || right > around.right + 1
        const isControl = box.matches('button, a[class*="rounded"], [role=tab], label')
        if (clips(style) && (sticksOut || top < around.top - 1 || bottom > around.bottom + 1))
          return true
        if (isControl && sticksOut) return true
        if (style.overflowX === 'auto' || style.overflowX === 'scroll') return false
      }
      return left < -1 || right > document.documentElement.clientWidth + 1
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const cut: string[] = []
    while (walker.nextNode()) {
      const text = walker.currentNode as Text
      const parent = text.parentElement
      if (
        !parent?.checkVisibility() ||
        parent.closest('script, style, noscript, dialog:not([open]), [popover], .sr-only')
      )
        continue
      if (isTranslated(text) && isCut(text)) cut.push(text.data.slice(0, 80))
    }
    return cut
  })
