'use client'

import { FileText } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { WireStatementLink } from '@/lib/api/account'
import { change, messageOf } from '../api'
import { Button } from '../ui/button'

/** One document of the bank's. Its link is asked for when it is pressed, because it ends after a few minutes. */
export function OpenPdf({ path, id, name, note }: { path: string; id: string; name: string; note?: ReactNode }) {
  const [busy, setBusy] = useState(false)
  const [message, setMessage] = useState('')
  const open = async () => {
    setBusy(true)
    setMessage('')
    // Opened by the press itself: a window that opens after an answer is blocked.
    const tab = window.open('about:blank', '_blank')
    try {
      const { url } = await change<WireStatementLink>(path, { id })
      if (tab) {
        tab.opener = null
        tab.location.replace(url)
      } else window.location.assign(url)
    } catch (thrown) {
      tab?.close()
      setMessage(messageOf(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <li className="px-5 py-2.5 sm:px-6">
      <div className="flex items-center justify-between gap-4">
        <span>
          {name}
          {note && <span className="block text-muted text-sm">{note}</span>}
        </span>
        <Button look="bare" busy={busy} className="shrink-0" onClick={() => void open()}>
          <FileText aria-hidden="true" className="size-4.5 shrink-0" />
          {busy ? 'Opening' : 'Open PDF'}
          <span className="sr-only">: {name}, opens in a new tab</span>
        </Button>
      </div>
      <p role="status" className={message ? 'pb-2 text-danger text-sm' : 'sr-only'}>
        {message}
      </p>
    </li>
  )
}
