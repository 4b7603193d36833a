'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { useRefresh } from '@/components/lib/use-refresh'
import { NAV_SHORTCUTS } from '@/components/shell/nav-links'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'

/** Time in ms for the second key after g. */
const SEQUENCE_TIMEOUT_MS = 1_500

/** Single-key shortcuts: navigation, search, help. Paused while typing; can be turned off. */
export function Shortcuts({ on }: { on: boolean }) {
  const [help, setHelp] = useState(false)
  const router = useRouter()
  const prefixPressedAt = useRef(0)
  useEffect(() => {
    const open = (href: string) => {
      if (navigator.onLine) router.push(href)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target) ||
        document.querySelector('dialog[open]')
      )
        return
      const isSequence = Date.now() - prefixPressedAt.current < SEQUENCE_TIMEOUT_MS
      prefixPressedAt.current = 0
      const shortcut = NAV_SHORTCUTS.find(({ key }) => key === event.key)
      if (isSequence && shortcut) open(shortcut.href)
      else if (event.key === 'g') prefixPressedAt.current = Date.now()
      else if (event.key === '?') setHelp(true)
      else if (event.key === '/') focusSearch(open)
      else return
      event.preventDefault()
    }
    if (!on) return
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [on, router])
  return help && <ShortcutsDialog on={on} onClose={() => setHelp(false)} />
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || Boolean(target.closest('input:not([type=range]), textarea, select')))

const SEARCH_SELECTOR = 'main input[type=search]'
const SEARCH_TIMEOUT_MS = 8_000

/** Focuses the search field of this page, else opens the transaction list and focuses its field. */
function focusSearch(push: (href: string) => void): void {
  const focus = () => {
    const box = document.querySelector<HTMLElement>(SEARCH_SELECTOR)
    box?.focus()
    return Boolean(box)
  }
  if (focus()) return
  const observer = new MutationObserver(() => {
    if (focus()) observer.disconnect()
  })
  observer.observe(document.body, { childList: true, subtree: true })
  setTimeout(() => observer.disconnect(), SEARCH_TIMEOUT_MS)
  push('/transactions')
}

function ShortcutsDialog({ on, onClose }: { on: boolean; onClose: () => void }) {
  const text = useText('shell')
  const refresh = useRefresh()
  const { busy, failure, mutate } = useMutation(async () => {
    await apiSend('/api/v1/preferences', { shortcuts: !on }, 'PATCH')
    await refresh()
  })
  return (
    <Dialog title={text('Keyboard shortcuts')} onClose={onClose}>
      <dl className="mt-4 divide-y divide-line">
        <ShortcutRow keys={['Ctrl+K']}>
          {text('Search or go to a page, account or merchant')}
        </ShortcutRow>
        <ShortcutRow keys={['/']}>{text('Search transactions')}</ShortcutRow>
        {NAV_SHORTCUTS.map(({ key, label }) => (
          <ShortcutRow key={key} keys={['g', key]}>
            {text('Go to {page}', { page: text(label) })}
          </ShortcutRow>
        ))}
        <ShortcutRow keys={['j']}>{text('In the list: next transaction')}</ShortcutRow>
        <ShortcutRow keys={['k']}>{text('In the list: previous transaction')}</ShortcutRow>
        <ShortcutRow keys={['x']}>{text('In the list: select')}</ShortcutRow>
        <ShortcutRow keys={['e']}>{text('In the list: edit')}</ShortcutRow>
        <ShortcutRow keys={['c']}>{text('In the list: choose a category')}</ShortcutRow>
        <ShortcutRow keys={['?']}>{text('Show this help')}</ShortcutRow>
        <ShortcutRow keys={['Esc']}>{text('Close the open window')}</ShortcutRow>
      </dl>
      <div className="mt-5 flex flex-wrap items-center justify-between gap-3">
        <p role="status" className="text-muted text-sm">
          {failure ||
            (on ? text('Shortcuts are paused while you type.') : text('Shortcuts are off.'))}
        </p>
        <Button variant="quiet" busy={busy} onClick={() => void mutate()}>
          {on ? text('Turn shortcuts off') : text('Turn shortcuts on')}
        </Button>
      </div>
    </Dialog>
  )
}

function ShortcutRow({ keys, children }: { keys: string[]; children: ReactNode }) {
  const text = useText('shell')
  return (
    <div className="flex items-center justify-between gap-4 py-2.5">
      <dt>{children}</dt>
      <dd className="flex items-center gap-1.5 text-sm">
        {keys.map((key, n) => (
          <span key={key} className="contents">
            {n > 0 && <span className="text-muted">{text('then')}</span>}
            <kbd className="min-w-8 rounded-md border border-line-strong/60 bg-surface px-2 py-0.5 text-center font-mono">
              {key}
            </kbd>
          </span>
        ))}
      </dd>
    </div>
  )
}
