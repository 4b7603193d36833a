import type { Metadata } from 'next'
import { LockTransfers } from '@/components/protection/lock-transfers'
import { Wordmark } from '@/components/ui/logo'

export const metadata: Metadata = {
  title: 'Lock transfers',
  robots: { index: false },
  referrer: 'no-referrer'
}

/** Opened from an e-mail, also signed out. Nothing happens before the button is pressed: programs that scan mail open every link. */
export default function LockPage() {
  return (
    <div className="mx-auto max-w-xl px-5 py-6 [--mark-gap:var(--canvas)]">
      <header>
        <Wordmark />
      </header>
      <main id="main" className="py-12">
        <LockTransfers />
      </main>
    </div>
  )
}
