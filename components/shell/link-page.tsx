import type { ReactNode } from 'react'
import { Wordmark } from '@/components/ui/logo'

/** A page that is opened from an e-mail or a PDF, also signed out: no navigation and no Clerk. */
export const LinkPage = ({ children }: { children: ReactNode }) => (
  <div className="mx-auto max-w-xl px-5 py-6 [--mark-gap:var(--canvas)]">
    <header>
      <Wordmark />
    </header>
    <main id="main" className="py-12">
      {children}
    </main>
  </div>
)
