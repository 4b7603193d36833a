'use client'

import { useEffect } from 'react'

const FIELDS = 'form :is(input:not([type=hidden]), select, textarea)'
const ALL = 'a[href], button, input:not([type=hidden]), select, textarea, summary'

/**
 * Where what had the focus leaves the page, the focus goes to what is nearest to it now, a form that came in its place first: somebody without a mouse
 * keeps their place, and a screen reader goes on from there.
 */
export function KeepFocus() {
  useEffect(() => {
    let path: Element[] = []
    const note = ({ target }: FocusEvent) => {
      path = []
      for (
        let at = target instanceof Element ? target : null;
        at && at !== document.body;
        at = at.parentElement
      )
        path.push(at)
    }
    // A press elsewhere has taken the focus away on purpose.
    const forget = () => {
      path = []
    }
    const look = () => {
      const [lost] = path
      if (!lost || lost.isConnected || document.activeElement !== document.body) return
      // Lines of a long list come and go while it is scrolled.
      const scrolled = path.some(
        (one, n) => one.matches('[data-index]') && path[n + 1]?.isConnected
      )
      const near = scrolled ? [] : path.filter(({ isConnected }) => isConnected)
      path = []
      near.some(enter)
    }
    const watch = new MutationObserver(look)
    watch.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', note)
    document.addEventListener('pointerdown', forget)
    return () => {
      watch.disconnect()
      document.removeEventListener('focusin', note)
      document.removeEventListener('pointerdown', forget)
    }
  }, [])
  return null
}

/** Puts the focus into a part of the page; the whole of it is entered at its top. @returns whether there was a place for it. */
function enter(part: Element): boolean {
  const open = (found: HTMLElement) =>
    found.tabIndex >= 0 && !found.matches(':disabled') && (found.checkVisibility?.() ?? true)
  const inside =
    part.id === 'main'
      ? []
      : [FIELDS, ALL].flatMap((kind) => [...part.querySelectorAll<HTMLElement>(kind)])
  const place =
    inside.find(open) ?? (part instanceof HTMLElement && part.id === 'main' ? part : null)
  place?.focus({ preventScroll: true })
  return place !== null
}
