import type { Metadata } from 'next'
import { hasSessionHint } from '@/app/_lib/session'
import { SiteFrame } from '@/components/site/site-frame'
import { SupportContact } from '@/components/site/support-contact'
import { ButtonLink } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Page not found' }

export default async function NotFoundPage() {
  const signedIn = await hasSessionHint()
  return (
    <SiteFrame signedIn={signedIn} narrow>
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        There is no page here
      </h1>
      <p className="mt-3 leading-7">The address may be mistyped, or the page has moved.</p>
      <div className="mt-6 flex flex-wrap gap-3">
        <ButtonLink href={signedIn ? '/dashboard' : '/'}>
          {signedIn ? 'Go to your dashboard' : 'Go to the start page'}
        </ButtonLink>
        <ButtonLink href="/help" variant="quiet">
          Help
        </ButtonLink>
      </div>
      <SupportContact className="mt-8 text-muted text-sm" />
    </SiteFrame>
  )
}
