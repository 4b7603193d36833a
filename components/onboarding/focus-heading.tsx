'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

/** Moves the focus to the heading of each new step, so that a screen reader reads it and the keyboard goes on below it. */
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
