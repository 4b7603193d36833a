'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

/** Focuses the heading of each new step, for screen readers and keyboards. */
export function FocusHeading() {
  const path = usePathname()
  const focused = useRef(path)
  useEffect(() => {
    if (focused.current === path) return
    focused.current = path
    const heading = document.querySelector<HTMLElement>('#main h1')
    if (!heading) return
    heading.tabIndex = -1
    heading.classList.add('outline-none')
    heading.focus({ preventScroll: true })
  }, [path])
  return null
}
