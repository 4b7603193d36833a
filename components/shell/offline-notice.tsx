'use client'

import { WifiOff } from 'lucide-react'
import { useOffline } from 'next/offline'
import { useEffect } from 'react'
import { useText } from '#text'

/**
 * Shows that the browser is offline and blocks links: a navigation would replace the page with a
 * skeleton.
 */
export function OfflineNotice() {
  const text = useText('shell')
  const offline = useOffline()
  useEffect(() => {
    if (!offline) return
    const blockNavigation = (event: MouseEvent) => {
      if (
        event.target instanceof Element &&
        event.target.closest('a[href]:not([target], [download], [href^="#"])')
      )
        event.preventDefault()
    }
    document.addEventListener('click', blockNavigation, true)
    return () => document.removeEventListener('click', blockNavigation, true)
  }, [offline])
  return (
    <div role="status" className="sticky top-0 z-30 print:hidden">
      {offline && (
        <p className="flex items-center justify-center gap-2.5 border-warn/30 border-b bg-warn-soft px-5 py-3 text-[0.9375rem]">
          <WifiOff aria-hidden="true" className="size-5 shrink-0 text-warn" strokeWidth={1.9} />
          <span>
            {text(
              'You’re offline. This page stays open. Links and searches work again when you’re back online.'
            )}
          </span>
        </p>
      )}
    </div>
  )
}
