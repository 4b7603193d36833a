'use client'

import { useEffect } from 'react'

const FIELD_SELECTOR = 'form :is(input:not([type=hidden]), select, textarea)'
const FOCUSABLE_SELECTOR = 'a[href], button, input:not([type=hidden]), select, textarea, summary'

/**
 * Restores focus when the focused element is removed: to the nearest element, a new form first, so
 * that keyboard and screen reader users keep their place.
 */
export function RestoreFocus() {
  useEffect(() => {
    let focusPath: Element[] = []
    const onFocusIn = ({ target }: FocusEvent) => {
      focusPath = []
      for (
        let at = target instanceof Element ? target : null;
        at && at !== document.body;
        at = at.parentElement
      )
        focusPath.push(at)
    }
    // A click elsewhere removed the focus on purpose.
    const onPointerDown = () => {
      focusPath = []
    }
    const restore = () => {
      const [lostElement] = focusPath
      if (!lostElement || lostElement.isConnected || document.activeElement !== document.body)
        return
      // Virtual rows are removed while scrolling.
      const scrolled = focusPath.some(
        (one, n) => one.matches('[data-index]') && focusPath[n + 1]?.isConnected
      )
      const ancestors = scrolled ? [] : focusPath.filter(({ isConnected }) => isConnected)
      focusPath = []
      ancestors.some(focusWithin)
    }
    const observer = new MutationObserver(restore)
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', onFocusIn)
    document.addEventListener('pointerdown', onPointerDown)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', onFocusIn)
      document.removeEventListener('pointerdown', onPointerDown)
    }
  }, [])
  return null
}

/**
 * Focuses the first element in a part of the page, or the top of the page itself. @returns whether
 * there was one.
 */
function focusWithin(element: Element): boolean {
  const isFocusable = (found: HTMLElement) =>
    found.tabIndex >= 0 && !found.matches(':disabled') && (found.checkVisibility?.() ?? true)
  const inside =
    element.id === 'main'
      ? []
      : [FIELD_SELECTOR, FOCUSABLE_SELECTOR].flatMap((kind) => [
          ...element.querySelectorAll<HTMLElement>(kind)
        ])
  const target =
    inside.find(isFocusable) ??
    (element instanceof HTMLElement && element.id === 'main' ? element : null)
  target?.focus({ preventScroll: true })
  return target !== null
}
