'use client'

import { WifiOff } from 'lucide-react'
import { useOffline } from 'next/offline'

/** Says that a press waits for the network. The page stays as it is. */
export function OfflineNotice() {
  const offline = useOffline()
  return (
    <div role="status" className="sticky top-0 z-30 print:hidden">
      {offline && (
        <p className="flex items-center justify-center gap-2.5 border-warn/30 border-b bg-warn-soft px-5 py-3 text-[0.9375rem]">
          <WifiOff aria-hidden="true" className="size-5 shrink-0 text-warn" strokeWidth={1.9} />
          <span>You’re offline. This page stays open, and what you asked for loads when you’re back online.</span>
        </p>
      )}
    </div>
  )
}
