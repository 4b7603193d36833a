import type { Metadata } from 'next'
import { hasSessionHint } from '@/app/_lib/session'
import { getText } from '@/app/_lib/text'
import { SiteFrame } from '@/components/site/site-frame'
import { SupportContact } from '@/components/site/support-contact'
import { ButtonLink } from '@/components/ui/button'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('site')
  return { title: text('Page not found') }
}

export default async function NotFoundPage() {
  const text = await getText('site')
  const signedIn = await hasSessionHint()
  return (
    <SiteFrame signedIn={signedIn} narrow>
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        {text('There is no page here')}
      </h1>
      <p className="mt-3 leading-7">
        {text('The address may be mistyped, or the page has moved.')}
      </p>
      <div className="mt-6 flex flex-wrap gap-3">
        <ButtonLink href={signedIn ? '/dashboard' : '/'}>
          {signedIn ? text('Go to your dashboard') : text('Go to the start page')}
        </ButtonLink>
        <ButtonLink href="/help" variant="quiet">
          {text('Help')}
        </ButtonLink>
      </div>
      <SupportContact className="mt-8 text-muted text-sm" />
    </SiteFrame>
  )
}
