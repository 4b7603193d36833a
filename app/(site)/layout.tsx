import type { ReactNode } from 'react'
import { hasSessionHint } from '@/app/_lib/session'
import { SiteFrame } from '@/components/site/site-frame'

export default async function SiteLayout({ children }: { children: ReactNode }) {
  return (
    <SiteFrame signedIn={await hasSessionHint()} narrow>
      {children}
    </SiteFrame>
  )
}
