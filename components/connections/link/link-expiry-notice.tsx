'use client'

import { useEffect, useRef } from 'react'
import { useEndsSoon } from '@/components/lib/use-expires-soon'
import { useWriting } from '@/components/ui/formatting'

const LEAD_MS = 5 * 60_000

/** Warns before Plaid's window expires. A popover, because nothing else of a page lies above that window. */
export function LinkEndNotice({ expiresAt }: { expiresAt: string }) {
  const write = useWriting()
  const soon = useEndsSoon(Date.parse(expiresAt), LEAD_MS)
  return soon ? (
    <AbovePlaid>{`Plaid’s window expires on ${write.instant(expiresAt)}. Finish before then, or close it and start again.`}</AbovePlaid>
  ) : null
}

function AbovePlaid({ children }: { children: string }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.showPopover?.(), [])
  return (
    <div
      ref={box}
      popover="manual"
      role="alert"
      className="inset-x-0 top-0 bottom-auto w-full border-warn/30 border-b bg-warn-soft px-5 py-3 text-center text-[0.9375rem] text-ink"
    >
      {children}
    </div>
  )
}
