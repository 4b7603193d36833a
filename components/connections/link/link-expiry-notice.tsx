'use client'

import { useEffect, useRef } from 'react'
import { useText } from '#text'
import { useExpiresSoon } from '@/components/lib/use-expires-soon'
import { useFormatting } from '@/components/ui/formatting'

const WARN_BEFORE_MS = 5 * 60_000

/** Warns before Plaid's window expires. A popover, because nothing else is above that window. */
export function LinkExpiryNotice({ expiresAt }: { expiresAt: string }) {
  const format = useFormatting()
  const text = useText('connections')
  const expiresSoon = useExpiresSoon(Date.parse(expiresAt), WARN_BEFORE_MS)
  return expiresSoon ? (
    <TopLayerAlert>
      {text('Plaid’s window expires on {time}. Finish before then, or close it and start again.', {
        time: format.instant(expiresAt)
      })}
    </TopLayerAlert>
  ) : null
}

function TopLayerAlert({ children }: { children: string }) {
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
