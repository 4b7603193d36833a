'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

/** Focuses the heading of each new step, or the field that it names, for screen readers and keyboards. */
export function FocusHeading() {
  const path = usePathname()
  const focused = useRef(path)
  useEffect(() => {
    if (focused.current === path) return
    focused.current = path
    const heading = document.querySelector<HTMLElement>('#main h1')
    if (!heading) return
    // A heading that names a field: the field says it when it has the focus.
    const field = heading.querySelector('label')?.control
    if (field) return field.focus()
    heading.tabIndex = -1
    heading.classList.add('outline-none')
    heading.focus({ preventScroll: true })
  }, [path])
  return null
}
