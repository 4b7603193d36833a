'use client'

import { useEffect } from 'react'

const FIELD_SELECTOR = 'form :is(input:not([type=hidden]), select, textarea)'
const FOCUSABLE_SELECTOR = 'a[href], button, input:not([type=hidden]), select, textarea, summary'

/**
 * Where what had the focus leaves the page, the focus goes to what is nearest to it now, a form that came in its place first: somebody without a mouse
 * keeps their place, and a screen reader goes on from there.
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
    // A press elsewhere has taken the focus away on purpose.
    const onPointerDown = () => {
      focusPath = []
    }
    const restore = () => {
      const [lostElement] = focusPath
      if (!lostElement || lostElement.isConnected || document.activeElement !== document.body)
        return
      // Lines of a long list come and go while it is scrolled.
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

/** Puts the focus into a part of the page; the whole of it is entered at its top. @returns whether there was a place for it. */
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
