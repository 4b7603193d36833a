'use client'

import { Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { useText } from '#text'

/** Loaded when it is first opened. */
const CommandDialog = dynamic(
  () => import('@/components/shell/palette/command-dialog').then((module) => module.CommandDialog),
  { ssr: false }
)

/** Ctrl+K or ⌘K opens a search over pages, accounts, merchants and actions; so does the button. */
export function CommandPalette() {
  const text = useText('shell')
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const pressed = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
      if (!pressed || event.altKey || event.shiftKey || document.querySelector('dialog[open]'))
        return
      event.preventDefault()
      setOpen(true)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Control+K Meta+K"
        className="inline-flex size-11 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink max-sm:hidden"
      >
        <Search aria-hidden="true" className="size-5" strokeWidth={1.75} />
        <span className="sr-only">{text('Search or go to')}</span>
      </button>
      {open && <CommandDialog onClose={() => setOpen(false)} />}
    </>
  )
}
