import type { Metadata } from 'next'
import { getText, Texts } from '@/app/_lib/text'
import { LockTransfers } from '@/components/protection/lock-transfers'
import { LinkPage } from '@/components/shell/link-page'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('users')
  return { title: text('Lock transfers'), robots: { index: false }, referrer: 'no-referrer' }
}

/** Opened from an e-mail, also signed out. Nothing happens before the button is pressed: programs that scan mail open every link. */
export default function LockPage() {
  return (
    <LinkPage>
      <Texts areas={['users']}>
        <LockTransfers />
      </Texts>
    </LinkPage>
  )
}
