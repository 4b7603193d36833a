'use client'

import { Keyboard } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { change } from '@/components/lib/api'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useMutation } from '@/components/lib/use-mutation'
import { useRefresh } from '@/components/lib/use-refresh'
import { NAV_KEYS } from '@/components/shell/nav-links'

/** After g, the second key has to come soon. */
const PAUSE_MS = 1_500

/** Single keys for people who like them: go somewhere, search, help. They rest while something is typed, and can be turned off. */
export function Shortcuts({ on }: { on: boolean }) {
  const [help, setHelp] = useState(false)
  const router = useRouter()
  const going = useRef(0)
  useEffect(() => {
    const open = (href: string) => {
      if (navigator.onLine) router.push(href)
    }
    const press = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target) ||
        document.querySelector('dialog[open]')
      )
        return
      const gone = Date.now() - going.current < PAUSE_MS
      going.current = 0
      const place = NAV_KEYS.find(({ key }) => key === event.key)
      if (gone && place) open(place.href)
      else if (event.key === 'g') going.current = Date.now()
      else if (event.key === '?') setHelp(true)
      else if (event.key === '/') search(open)
      else return
      event.preventDefault()
    }
    if (!on) return
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [on, router])
  return (
    <>
      <button
        type="button"
        onClick={() => setHelp(true)}
        className="hidden size-9 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink md:inline-flex print:hidden"
      >
        <Keyboard aria-hidden="true" className="size-5" strokeWidth={1.75} />
        <span className="sr-only">Keyboard shortcuts</span>
      </button>
      {help && <Help on={on} onClose={() => setHelp(false)} />}
    </>
  )
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || Boolean(target.closest('input:not([type=range]), textarea, select')))

const SEARCH = 'main input[type=search]'
const WAIT_MS = 8_000

/** Into the box of this page, else into that of the list once it is there. */
function search(push: (href: string) => void): void {
  const focus = () => {
    const box = document.querySelector<HTMLElement>(SEARCH)
    box?.focus()
    return Boolean(box)
  }
  if (focus()) return
  const watch = new MutationObserver(() => {
    if (focus()) watch.disconnect()
  })
  watch.observe(document.body, { childList: true, subtree: true })
  setTimeout(() => watch.disconnect(), WAIT_MS)
  push('/transactions')
}

function Help({ on, onClose }: { on: boolean; onClose: () => void }) {
  const refresh = useRefresh()
  const { busy, failure, mutate } = useMutation(async () => {
    await change('/api/v1/preferences', { shortcuts: !on }, 'PATCH')
    await refresh()
  })
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className="mt-4 divide-y divide-line">
        <Row keys={['/']}>Search transactions</Row>
        {NAV_KEYS.map(({ key, label }) => (
          <Row key={key} keys={['g', key]}>{`Go to ${label}`}</Row>
        ))}
        <Row keys={['j']}>In the list: the next one</Row>
        <Row keys={['k']}>In the list: the one before</Row>
        <Row keys={['x']}>In the list: select it</Row>
        <Row keys={['e']}>In the list: edit it</Row>
        <Row keys={['?']}>Show this help</Row>
        <Row keys={['Esc']}>Close what is open</Row>
      </dl>
      <div className="mt-5 flex flex-wrap items-center justify-between gap-3">
        <p role="status" className="text-muted text-sm">
          {failure || (on ? 'They rest while you type.' : 'Shortcuts are off.')}
        </p>
        <Button look="quiet" busy={busy} onClick={() => void mutate()}>
          {on ? 'Turn shortcuts off' : 'Turn shortcuts on'}
        </Button>
      </div>
    </Dialog>
  )
}

function Row({ keys, children }: { keys: string[]; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-4 py-2.5">
      <dt>{children}</dt>
      <dd className="flex items-center gap-1.5 text-sm">
        {keys.map((key, n) => (
          <span key={key} className="contents">
            {n > 0 && <span className="text-muted">then</span>}
            <kbd className="min-w-8 rounded-md border border-line-strong/60 bg-surface px-2 py-0.5 text-center font-mono">
              {key}
            </kbd>
          </span>
        ))}
      </dd>
    </div>
  )
}
