import type { Metadata } from 'next'
import { getText, Texts } from '@/app/_lib/text'
import { ConfirmReadable } from '@/components/onboarding/agreements/confirm-readable'
import { LinkPage } from '@/components/shell/link-page'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('onboarding')
  return { title: text('I can read this'), robots: { index: false }, referrer: 'no-referrer' }
}

/** Opened from the test page's PDF, also signed out or on another device. Nothing happens before the button is pressed: viewers and scanners open links by themselves. */
export default function EsignPage() {
  return (
    <LinkPage>
      <Texts areas={['onboarding']}>
        <ConfirmReadable />
      </Texts>
    </LinkPage>
  )
}
