'use client'

import { useEffect } from 'react'

/** Lets the browser show /offline without a connection (public/service-worker.js). */
export function OfflinePage() {
  useEffect(() => {
    // Without it, or where it is switched off, the browser's own page appears.
    void navigator.serviceWorker?.register('/service-worker.js').catch(() => undefined)
  }, [])
  return null
}
