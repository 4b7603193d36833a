import type { ReactNode } from 'react'
import { RefreshOnReturn } from '@/components/lib/refresh-on-return'
import { FocusHeading } from '@/components/onboarding/focus-heading'
import { AppHeader } from '@/components/shell/header'

export default function OnboardingLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <RefreshOnReturn />
      <FocusHeading />
      <AppHeader home="/dashboard" />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto max-w-xl px-5 pt-8 pb-24 outline-none sm:pt-12"
      >
        {children}
      </main>
    </>
  )
}
