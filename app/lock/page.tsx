import type { Metadata } from 'next'
import { LockTransfers } from '@/components/protection/lock-transfers'
import { LinkPage } from '@/components/shell/link-page'

export const metadata: Metadata = {
  title: 'Lock transfers',
  robots: { index: false },
  referrer: 'no-referrer'
}

/** Opened from an e-mail, also signed out. Nothing happens before the button is pressed: programs that scan mail open every link. */
export default function LockPage() {
  return (
    <LinkPage>
      <LockTransfers />
    </LinkPage>
  )
}
