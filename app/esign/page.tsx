import type { Metadata } from 'next'
import { ConfirmReadable } from '@/components/onboarding/agreements/confirm-readable'
import { Wordmark } from '@/components/ui/logo'

export const metadata: Metadata = {
  title: 'I can read this',
  robots: { index: false },
  referrer: 'no-referrer'
}

/** Opened from the test page's PDF, also signed out or on another device. Nothing happens before the button is pressed: viewers and scanners open links by themselves. */
export default function EsignPage() {
  return (
    <div className="mx-auto max-w-xl px-5 py-6 [--mark-gap:var(--canvas)]">
      <header>
        <Wordmark />
      </header>
      <main id="main" className="py-12">
        <ConfirmReadable />
      </main>
    </div>
  )
}
